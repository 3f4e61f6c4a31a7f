import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SiteWorkers } from './SiteWorkers';

describe('a site', () => {
  it('that is slow for no page of its own fails, and is not tried for ever', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'waymark-slow-'));
    await mkdir(path.join(folder, 'docs'));
    for (let number = 0; number < 500; number++) {
      await writeFile(path.join(folder, 'docs', `${number}.md`), '# Page');
    }
    const build = new SiteWorkers().build(
      {
        inputDir: folder,
        integrations: {},
        limits: {
          maxPages: 500,
          maxPageBytes: 1000,
          maxFileBytes: 1000,
          maxTotalBytes: 1_000_000,
          // No time to read so many
          maxPageSeconds: 0.001,
        },
        outputDir: path.join(folder, 'site'),
      },
      { info() {}, warn() {} },
    );
    await expect(build).rejects.toThrow(/The list of files takes longer than/);
    await rm(folder, { recursive: true });
  });
});
