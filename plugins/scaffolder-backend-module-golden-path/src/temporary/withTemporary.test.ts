import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { removeOldTemporary, withTemporary } from './withTemporary';

it('leaves nothing behind, also of a process that was killed', async () => {
  const [old, young, foreign] = await Promise.all(
    ['waymark-golden-path-refs-', 'waymark-golden-path-refs-', 'others-'].map(
      prefix => mkdtemp(join(tmpdir(), prefix)),
    ),
  );
  await writeFile(join(old, 'file'), 'x');
  const before = new Date(Date.now() - 25 * 60 * 60_000);
  await utimes(old, before, before);
  await utimes(foreign, before, before);
  const used = await withTemporary('refs', async directory => {
    await removeOldTemporary();
    expect(await readdir(directory)).toEqual([]);
    return directory;
  });
  const names = await readdir(tmpdir());
  expect(names).not.toContain(basename(old));
  expect(names).not.toContain(basename(used));
  expect(names).toEqual(
    expect.arrayContaining([basename(young), basename(foreign)]),
  );
  await Promise.all(
    [young, foreign].map(folder => rm(folder, { recursive: true })),
  );
});
