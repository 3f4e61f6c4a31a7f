import { writeTree } from '@waymark/backend-test-support';
import {
  GoldenPathBackend,
  startGoldenPathBackend,
} from './__testUtils__/startGoldenPathBackend';
import { templateFiles } from './__testUtils__/templateFiles';

jest.setTimeout(120_000);

const CATALOG_INFO = 'templates/layers/catalog/content/catalog-info.yaml';
const good = String(templateFiles[CATALOG_INFO]);

let backend: GoldenPathBackend;
beforeAll(async () => {
  backend = await startGoldenPathBackend({
    organizations: ['all'],
    goldenPath: () => ({ organization: 'all' }),
  });
});
afterAll(async () => {
  await backend.stop();
});

it.each([
  ['is no YAML', 'broken-yaml', 'a: [1\n', /YAML/i],
  ['is empty', 'no-entity', '\n', /holds no entity|empty/],
  [
    'breaks the rules of the catalog',
    'bad-entity',
    good.replace('type: service', 'type: {}'),
    /\/spec\/type must be string|type/,
  ],
  [
    'describes what comes from elsewhere',
    'foreign-entity',
    good.replace('name: ${{ values.name }}', 'name: taken-component'),
    /component:default\/taken-component comes from file:/,
  ],
])('tells when catalog-info.yaml %s', async (_, name, content, message) => {
  await writeTree(backend.directory, { [CATALOG_INFO]: content });
  const taskId = await backend.start({
    name,
    owner: 'group:default/payments',
    description: 'x',
  });
  const { status, error } = await backend.end(taskId);
  expect(status).toBe('failed');
  expect(error).toContain(
    `/all/${name}/src/branch/main/catalog-info.yaml did not come into the catalog: `,
  );
  expect(error).toMatch(message);
});

it('tells the catalog once more where to look, when it saw nothing there', async () => {
  await writeTree(backend.directory, { [CATALOG_INFO]: good });
  backend.proxy.breakNext(/\/repos\/all\/overseen\/contents\/catalog-info/, {
    status: 404,
  });
  const taskId = await backend.start({
    name: 'overseen',
    owner: 'group:default/payments',
    description: 'x',
  });
  const { status, error, events } = await backend.end(taskId);
  expect(error).toBe('');
  expect(status).toBe('completed');
  expect(backend.proxy.pendingFaults).toBe(0);
  expect(events.map(({ body }) => body.message)).toContainEqual(
    expect.stringContaining('Telling the catalog once more where to look'),
  );
});
