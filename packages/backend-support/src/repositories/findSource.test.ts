import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { findSource } from './findSource';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      gitea: [
        { host: 'localhost:7007', baseUrl: 'http://localhost:7007/api/forge' },
        { host: 'gitea.example' },
      ],
      github: [{ host: 'github.com' }],
      gitlab: [{ host: 'gitlab.com' }],
    },
  }),
);

const sourceOf = (annotations: Record<string, string>) => {
  const metadata = { name: 'x', annotations };
  return findSource({ apiVersion: 'a', kind: 'b', metadata }, integrations);
};

describe('where the files of an entity are', () => {
  it.each([
    [
      'http://localhost:7007/api/forge/o/r/src/branch/main/',
      'http://localhost:7007/api/forge/o/r/src/branch/main/',
      '',
    ],
    [
      'http://localhost:7007/api/forge/o/r/src/branch/main/a/b/',
      'http://localhost:7007/api/forge/o/r/src/branch/main/',
      'a/b',
    ],
    [
      'https://me:secret@gitea.example/o/r/src/tag/v1/a%20b#x',
      'https://gitea.example/o/r/src/tag/v1/',
      'a b',
    ],
    ['https://github.com/o/r', 'https://github.com/o/r/', ''],
    [
      'https://github.com/o/r/tree/main/',
      'https://github.com/o/r/tree/main/',
      '',
    ],
    [
      'https://github.com/o/r/blob/main/a/b',
      'https://github.com/o/r/tree/main/',
      'a/b',
    ],
    [
      'https://gitlab.com/g/s/r/-/tree/main/a/',
      'https://gitlab.com/g/s/r/-/tree/main/',
      'a',
    ],
  ])('%s', (url, root, folder) => {
    expect(sourceOf({ 'backstage.io/source-location': `url:${url}` })).toEqual({
      root,
      folder,
    });
  });

  it('is the folder of its description, when nothing else is said', () => {
    expect(
      sourceOf({
        'backstage.io/managed-by-location':
          'url:https://github.com/o/r/blob/main/a/catalog-info.yaml',
      }),
    ).toEqual({ root: 'https://github.com/o/r/tree/main/', folder: 'a' });
  });
});
