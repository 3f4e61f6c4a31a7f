import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonArray } from '@backstage/types';
import { writeTree } from '@waymark/backend-test-support';
import { readGoldenPathConfig } from '../config/GoldenPathConfig';
import { RepositoryHosts } from '../hosts/RepositoryHosts';
import { PathRenderer } from '../render/PathRenderer';
import { TemplateSources } from '../render/TemplateSources';
import { createRenderAction } from './createRenderAction';

const root = createMockDirectory();
let workspacePath: string;

const files = {
  'templates/demo/template.yaml': 'kind: Template\n',
  'templates/demo/skeleton/README.md': '# ${{ values.name }}\n',
  'templates/layers/a/layer.yaml': 'name: a\nversion: 1.0.0\n',
  'templates/layers/a/content/a.txt': '${{ values.template.version }}\n',
  'templates/layers/b/layer.yaml': 'name: b\nversion: 1.0.0\n',
  'templates/layers/b/content/b.txt': '${{ values.repository.url }}\n',
};

beforeEach(async () => {
  root.clear();
  await writeTree(root.path, files);
  workspacePath = join(root.path, 'work', 'task');
  await mkdir(workspacePath, { recursive: true });
});

async function render(
  options: {
    layers?: string[];
    skeleton?: string;
    values?: object;
    leftOut?: JsonArray;
    layersConfig?: string;
  } = {},
) {
  const config = mockServices.rootConfig({
    data: {
      integrations: { gitea: [{ host: 'git.example.com' }] },
      ...(options.layersConfig
        ? { scaffolder: { goldenPath: { layers: options.layersConfig } } }
        : {}),
    },
  });
  const integrations = ScmIntegrations.fromConfig(config);
  const settings = readGoldenPathConfig(config);
  const action = createRenderAction({
    config: settings,
    catalog: catalogServiceMock({ entities: [] }),
    auth: mockServices.auth(),
    getHost: logger =>
      RepositoryHosts.create({ integrations, ...settings }).publishing(logger),
    renderer: new PathRenderer({
      integrations,
      sources: new TemplateSources({
        integrations,
        reader: mockServices.urlReader.mock(),
        layers: settings.layers,
      }),
    }),
  });
  const output: Record<string, unknown> = {};
  await action.handler({
    ...createMockActionContext({
      workspacePath,
      templateInfo: {
        entityRef: 'template:default/demo',
        baseUrl: `file://${root.path}/templates/demo/template.yaml`,
      },
      input: {
        layers: options.layers ?? ['a', 'b'],
        skeleton: options.skeleton,
        leftOut: options.leftOut,
        values: options.values ?? { name: 'some-api', owner: 'payments' },
      },
    }),
    output: (name: string, value: unknown) => {
      output[name] = value;
    },
  });
  return output;
}

it('makes the same of an empty, a half-written and a finished workspace', async () => {
  const first = await render();
  const names = (await readdir(workspacePath)).sort();
  expect(names).toEqual(['README.md', 'a.txt', 'b.txt']);
  const content = await readFile(join(workspacePath, 'a.txt'), 'utf8');
  expect(content).toBe(`${first.version}\n`);
  expect(await readFile(join(workspacePath, 'b.txt'), 'utf8')).toBe(
    'https://git.example.com/payments/some-api\n',
  );

  await writeTree(workspacePath, { 'README.md': 'half', 'stale/x': 'stale' });
  // And what a killed process left beside it
  await writeTree(`${workspacePath}_golden-path-render`, { 'template/x': '' });

  expect(await render()).toEqual(first);
  expect((await readdir(workspacePath)).sort()).toEqual(names);
  expect(await readFile(join(workspacePath, 'README.md'), 'utf8')).toBe(
    '# some-api\n',
  );
  expect(await readdir(join(root.path, 'work'))).toEqual(['task']);
});

it('leaves out what a condition left blank, and keeps what is meant to be empty', async () => {
  await writeTree(root.path, {
    'templates/demo/skeleton/only.txt':
      '{% if values.worker -%}\nwork\n{%- endif %}\n',
    'templates/layers/a/content/empty.txt': '',
    'templates/layers/a/content/blank.txt': '\n',
    'templates/layers/a/content/${{ values.name }}.txt': '',
  });
  const values = { name: 'some-api', owner: 'payments' };
  await render({ values });
  const always = ['README.md', 'a.txt', 'b.txt', 'blank.txt', 'empty.txt'];
  expect((await readdir(workspacePath)).sort()).toEqual([
    ...always,
    'some-api.txt',
  ]);

  await render({ values: { ...values, worker: true } });
  expect((await readdir(workspacePath)).sort()).toEqual([
    ...always,
    'only.txt',
    'some-api.txt',
  ]);
});

const withParts = {
  'templates/layers/a/layer.yaml': `name: a
version: 1.0.0
parts:
  tools: { title: Tools, files: ['a.txt', 'tools/**'] }
  pages: { title: Pages, description: To read, needs: [tools], files: ['*.md'] }
`,
  'templates/layers/a/content/tools/deep/er.txt': 'x',
  'templates/layers/a/content/nottools/x.txt': 'x',
  'templates/layers/b/layer.yaml': `name: b
version: 1.0.0
parts:
  tools: { files: ['b-*.txt'] }
  elsewhere: { title: Of another layer, needs: [missing] }
`,
  'templates/layers/b/content/b.txt':
    '{% for name, there in values.parts %}${{ name }}=${{ there }} {% endfor %}\n',
  'templates/layers/b/content/b-${{ values.name }}.txt': 'x',
};
const reason = 'Somebody else does that';

it('leaves out the files of parts, and says so to the others', async () => {
  await writeTree(root.path, withParts);
  const { version } = await render({ leftOut: [] });
  expect(await readFile(join(workspacePath, 'b.txt'), 'utf8')).toBe(
    'tools=true pages=true elsewhere=true \n',
  );
  expect((await readdir(workspacePath)).sort()).toEqual([
    'README.md',
    'a.txt',
    'b-some-api.txt',
    'b.txt',
    'nottools',
    'tools',
  ]);

  const output = await render({
    leftOut: [
      { part: 'tools', reason },
      { part: 'pages', reason },
    ],
  });
  expect(output).toMatchObject({
    version,
    values: { parts: { tools: false, pages: false, elsewhere: true } },
  });
  expect((await readdir(workspacePath)).sort()).toEqual(['b.txt', 'nottools']);
  expect(await readFile(join(workspacePath, 'b.txt'), 'utf8')).toBe(
    'tools=false pages=false elsewhere=true \n',
  );
});

it.each<[string, JsonArray, RegExp]>([
  [
    'a part that is none',
    [{ part: 'tool', reason }],
    /^leftOut: 'tool' is not a part that can be left out; those are tools, pages, elsewhere$/,
  ],
  [
    'a part that another needs',
    [{ part: 'tools', reason }],
    /^leftOut: 'pages' needs 'tools', which is left out: leave out both or neither$/,
  ],
  [
    'a part twice',
    [
      { part: 'pages', reason },
      { part: 'pages', reason },
    ],
    /^leftOut: 'pages' is named twice$/,
  ],
  [
    'a part without a reason',
    [{ part: 'pages' }],
    /^leftOut: 'pages': reason .*string/,
  ],
  [
    'a reason of blanks',
    [{ part: 'pages', reason: ' '.repeat(20) }],
    /^leftOut: 'pages': reason must have 10 to 500 characters/,
  ],
  [
    'a reason without end',
    [{ part: 'pages', reason: 'x'.repeat(501) }],
    /^leftOut: 'pages': reason must have 10 to 500 characters/,
  ],
  [
    'a reason that hides something',
    [{ part: 'pages', reason: 'Somebody\u0000 else' }],
    /^leftOut: 'pages': reason must not have control characters$/,
  ],
  ['something else', ['pages'], /^leftOut: 0 .*object/],
])('refuses to leave out %s', async (_, leftOut, message) => {
  await writeTree(root.path, withParts);
  await expect(render({ leftOut })).rejects.toThrow(message);
});

it('has a version that changes with anything that matters, and nothing else', async () => {
  const { version } = await render();
  expect(version).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(
    (await render({ values: { name: 'other', owner: 'x' } })).version,
  ).toBe(version);

  const versions = new Set([version]);
  const changes: Record<string, string>[] = [
    { 'templates/demo/skeleton/README.md': 'other\n' },
    { 'templates/demo/template.yaml': 'other\n' },
    { 'templates/layers/b/content/b.txt': 'other\n' },
    { 'templates/layers/b/layer.yaml': 'name: b\nversion: 1.0.1\n' },
    { 'templates/layers/b/content/run': '#!/bin/sh\n' },
  ];
  for (const change of changes) {
    await writeTree(root.path, change);
    versions.add((await render()).version as string);
  }
  expect(versions.size).toBe(6);

  const withAll = (await render()).version;
  await writeTree(root.path, { 'templates/layers/unused/layer.yaml': 'x' });
  expect((await render()).version).toBe(withAll);
  expect((await render({ layers: ['a'] })).version).not.toBe(withAll);
});

it.each<[string, Record<string, string>, object, RegExp]>([
  [
    'two layers with the same file',
    { 'templates/layers/b/content/a.txt': '' },
    {},
    /^a\.txt comes from the layer 'a' and from the layer 'b'$/,
  ],
  [
    'a layer and the skeleton with the same file',
    { 'templates/layers/b/content/readme.MD': '' },
    {},
    /^readme\.MD comes from the skeleton and from the layer 'b'$/,
  ],
  [
    'the same file by a name that is rendered',
    { 'templates/layers/b/content/${{ values.file }}': '' },
    { values: { name: 'abc', owner: 'x', file: 'a.txt' } },
    /^a\.txt comes from/,
  ],
  [
    'a file in place of a folder',
    { 'templates/layers/b/content/a.txt/x': '' },
    {},
    /^a\.txt is a file in the layer 'a' and a folder in/,
  ],
  [
    'a layer that is not there',
    {},
    { layers: ['a', 'missing'] },
    /there is no layer 'missing' in .*layers, which holds a, b$/,
  ],
  [
    'a layer outside',
    {},
    { layers: ['../demo'] },
    /'\.\.\/demo' is not the name of a layer/,
  ],
  ['a layer named twice', {}, { layers: ['a', 'a'] }, /'a' is named twice/],
  [
    'a layer.yaml that does not parse',
    { 'templates/layers/a/layer.yaml': 'a: [' },
    {},
    /layer\.yaml of 'a' is not valid YAML/,
  ],
  [
    'a layer.yaml with a typing error',
    {
      'templates/layers/a/layer.yaml':
        'name: a\nversion: 1.0.0\ncopyWithoutTemplateing: []\n',
    },
    {},
    /layer\.yaml of 'a' is wrong at its root: .*copyWithoutTemplateing/,
  ],
  [
    'a part of a strange name',
    {
      'templates/layers/b/layer.yaml':
        'name: b\nversion: 1.0.0\nparts: { My Part: {} }\n',
    },
    {},
    /^layers: layer\.yaml of 'b' is wrong at parts/,
  ],
  [
    'a part that two layers describe',
    {
      'templates/layers/a/layer.yaml':
        'name: a\nversion: 1.0.0\nparts: { x: { title: X } }\n',
      'templates/layers/b/layer.yaml':
        'name: b\nversion: 1.0.0\nparts: { x: { needs: [] } }\n',
    },
    {},
    /^layers: 'a' and 'b' both say what the part 'x' is/,
  ],
  [
    'a layer.yaml without a version',
    { 'templates/layers/a/layer.yaml': 'name: a\n' },
    {},
    /layer\.yaml of 'a' is wrong at version/,
  ],
  [
    'a layer under another name',
    { 'templates/layers/a/layer.yaml': 'name: b\nversion: "1"\n' },
    {},
    /layer\.yaml of 'a' calls itself 'b'/,
  ],
  [
    'a skeleton outside',
    {},
    { skeleton: '../layers' },
    /Relative path is not allowed/,
  ],
  [
    'a skeleton that is not there',
    {},
    { skeleton: './other' },
    /skeleton: the template has no folder \.\/other/,
  ],
  [
    'a file that cannot be rendered',
    { 'templates/demo/skeleton/bad.txt': '${{ values.name' },
    {},
    /^the skeleton could not be rendered at bad\.txt: /,
  ],
  [
    'a value that is missing',
    {},
    { values: { name: 'abc' } },
    /values\.owner: must be a text/,
  ],
  [
    'a name that leads elsewhere',
    {},
    { values: { name: '../x', owner: 'x' } },
    /^name: must/,
  ],
])('refuses %s', async (_, change, options, message) => {
  await writeTree(root.path, change);
  await writeTree(workspacePath, { 'before.txt': 'untouched' });
  await expect(render(options)).rejects.toThrow(message);
  expect(await readdir(workspacePath)).toEqual(['before.txt']);
  expect(await readdir(join(root.path, 'work'))).toEqual(['task']);
});

it.each(['templates/demo/skeleton/link', 'templates/layers/a/content/link'])(
  'refuses the symbolic link %s',
  async path => {
    await writeTree(root.path, { 'secret.txt': 'secret' });
    await symlink(join(root.path, 'secret.txt'), join(root.path, path));
    await expect(render()).rejects.toThrow(/link, which is a symbolic link/);
  },
);

it.each(['templates/layers/c', 'templates/layers/c/layer.yaml'])(
  'refuses %s as a symbolic link, and tells nothing of what is behind it',
  async path => {
    await writeTree(root.path, {
      'outside/layer.yaml': 'name: c\nversion: [secret\n',
      'outside/content/secret.txt': 'secret',
    });
    const target = path.replace('templates/layers/c', 'outside');
    await mkdir(dirname(join(root.path, path)), { recursive: true });
    await symlink(join(root.path, target), join(root.path, path));
    await expect(render({ layers: ['c'] })).rejects.toThrow(
      /^layers: 'c' or its layer\.yaml is a symbolic link; only plain files and folders are taken$/,
    );
  },
);

it('takes layers from the configured folder', async () => {
  await writeTree(root.path, {
    'elsewhere/c/layer.yaml': 'name: c\nversion: 3.0.0\n',
    'elsewhere/c/content/c.txt': 'c\n',
  });
  const { layers } = await render({
    layers: ['c'],
    layersConfig: join(root.path, 'elsewhere'),
  });
  expect(layers).toEqual([{ name: 'c', version: '3.0.0' }]);
  expect((await readdir(workspacePath)).sort()).toEqual(['README.md', 'c.txt']);
});
