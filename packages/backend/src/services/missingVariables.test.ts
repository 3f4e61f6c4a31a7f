import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingVariables } from './missingVariables';

describe('missingVariables', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waymark-test-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('names what is asked for and not set', async () => {
    const file = join(directory, 'app-config.yaml');
    await writeFile(
      file,
      `
# commented: \${COMMENT}
app:
  baseUrl: https://\${HOST}:\${PORT}
  list: ['\${IN_A_LIST}', { deep: '\${EMPTY}' }]
  optional: \${OPTIONAL:-7007} \${DROPPED:-}
  itself: $\${ESCAPED}
`,
    );
    const second = join(directory, 'app-config.extra.yaml');
    await writeFile(second, 'app: { title: "${HOST} ${TITLE}" }\n');

    expect(
      await missingVariables([file, second], {
        PORT: '7007',
        EMPTY: '',
        TITLE: 'Waymark',
      }),
    ).toEqual(['EMPTY', 'HOST', 'IN_A_LIST']);
  });
});
