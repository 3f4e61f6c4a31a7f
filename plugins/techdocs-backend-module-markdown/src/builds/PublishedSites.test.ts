import { ConfigReader } from '@backstage/config';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PublishedSites } from './PublishedSites';

const entity = { namespace: 'default', kind: 'Component', name: 'orders' };

describe('a site', () => {
  let folder: string;
  let sites: PublishedSites;
  const read = () =>
    readFile(path.join(folder, 'default/component/orders/index.html'), 'utf8');
  const unfinished = () => readdir(path.join(folder, '.building'));
  const publish = async (text: string) => {
    const site = await sites.open();
    await writeFile(path.join(site, 'index.html'), text);
    await sites.replace(entity, site);
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'waymark-sites-'));
    sites = PublishedSites.fromConfig(
      new ConfigReader({
        techdocs: { publisher: { local: { publishDirectory: folder } } },
      }),
    )!;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('takes the place of the one before', async () => {
    await publish('old');
    await publish('new');
    expect(await read()).toBe('new');
    expect(await unfinished()).toEqual([]);
  });

  it('stays when no other one can take its place', async () => {
    await publish('old');
    await expect(
      sites.replace(entity, path.join(folder, 'none')),
    ).rejects.toThrow(/ENOENT/);
    expect(await read()).toBe('old');
  });

  it('is there again after a crash between the two', async () => {
    const aside = path.join(folder, '.building/old-a/default/component/orders');
    await mkdir(aside, { recursive: true });
    await writeFile(path.join(aside, 'index.html'), 'old');
    await mkdir(path.join(folder, 'default/component'), { recursive: true });
    await sites.clean();
    expect(await read()).toBe('old');

    // Where a newer one has come it stays
    await mkdir(aside, { recursive: true });
    await writeFile(path.join(aside, 'index.html'), 'older');
    await sites.clean();
    expect(await read()).toBe('old');
  });
});
