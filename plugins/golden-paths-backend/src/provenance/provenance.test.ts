import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { stringify } from 'yaml';
import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import { FilePolicies, PathParts } from '@waymark/plugin-golden-paths-common';
import { GeneratedCommit, GeneratedCommits } from './GeneratedCommits';
import { findDeviations } from './findDeviations';
import { parseProvenance } from './parseProvenance';
import { Provenance } from './Provenance';
import { onBranch, repositoryOf } from './repositoryUrls';
import { verifyProvenance } from './verifyProvenance';

const hash = (text: string) =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;
const COMMIT = 'a'.repeat(40);
const FILE = {
  template: 'template:default/node-api',
  version: hash('template'),
  layers: [{ name: 'ci', version: '1.0.0' }],
  run: 'task-1',
  commit: COMMIT,
  answers: { name: 'orders' },
  files: { 'ci/test': hash('test'), 'src/app.ts': hash('app') },
};
const parse = (value: unknown) =>
  parseProvenance(
    Buffer.from(typeof value === 'string' ? value : stringify(value)),
  );

describe('what a repository says of its golden path', () => {
  it('is read, with what it declares', () => {
    const declared = [
      { path: 'ci/', reason: 'Another runner' },
      { part: 'docs', reason: 'They are\n in a wiki' },
    ];
    const deviations = [
      { path: 'ci/', reason: 'Another runner' },
      { path: 'part:docs', part: 'docs', reason: 'They are in a wiki' },
    ];
    expect(parse({ ...FILE, deviations: declared, more: 1 })).toEqual({
      provenance: {
        templateRef: 'template:default/node-api',
        version: FILE.version,
        layers: FILE.layers,
        run: 'task-1',
        commit: COMMIT,
        files: new Map(Object.entries(FILE.files)),
        deviations,
      },
      problems: [],
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', '', /the file: /],
    ['a list', [1], /the file: /],
    ['no YAML', 'a: [', /is not YAML that can be read/],
    ['a tag that runs', 'a: !!js/function x', /./],
    [
      'a bomb of aliases',
      `a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]`,
      /is not YAML that can be read/,
    ],
    ['great depth', '['.repeat(200_000), /is not YAML that can be read/],
    ['great size', `a: ${'x'.repeat(1_000_001)}`, /larger than 1 MB/],
    ['another type', { ...FILE, version: 7 }, /^version: /],
    ['no ref', { ...FILE, template: ':::' }, /^template: is not the ref/],
    ['no commit', { ...FILE, commit: 'main' }, /^commit: is not the id/],
    [
      'a file outside',
      { ...FILE, files: { '../../etc/passwd': hash('x') } },
      /^files: "\.\.\/\.\.\/etc\/passwd" has to be a path inside/,
    ],
    ['no hash', { ...FILE, files: { a: 'md5:1' } }, /^files\.a: is not a SHA/],
    [
      'too many files',
      {
        ...FILE,
        files: Object.fromEntries(
          Array.from({ length: 10_001 }, (_, n) => [`${n}`, hash('x')]),
        ),
      },
      /(more than 10000 files|larger than 1 MB)/,
    ],
  ])('names what is wrong with it: %s', (_, value, message) => {
    const { provenance, problems } = parse(value);
    expect(provenance).toBeUndefined();
    expect(problems).toEqual(
      expect.arrayContaining([
        {
          path: '.waymark/golden-path.yaml',
          message: expect.stringMatching(message),
        },
      ]),
    );
  });

  it('takes the good ones among bad declarations', () => {
    const { provenance, problems } = parse({
      ...FILE,
      deviations: [
        { path: '../x', reason: 'Out' },
        { path: 'ci/test' },
        7,
        { path: 'ci/test', reason: 'Good' },
        { path: 'part:docs', reason: 'No file is called so' },
        { part: 'docs' },
      ],
    });
    expect(provenance?.deviations).toEqual([
      { path: 'ci/test', reason: 'Good' },
    ]);
    expect(problems.map(({ message }) => message.split(':')[0])).toEqual([
      'deviations.0.path',
      'deviations.1.reason',
      'deviations.2',
      'deviations.4.path',
      'deviations.5.reason',
    ]);
    expect(parse({ ...FILE, deviations: 'none' }).problems).toHaveLength(1);
  });

  const provenance = parse(FILE).provenance as Provenance;
  const branch = {
    etag: COMMIT,
    hashes: new Map(
      Object.entries(FILE.files).map(([path, value]) => [path, [value]]),
    ),
    others: [],
  };
  const verify = (more: Partial<Parameters<typeof verifyProvenance>[0]>) =>
    verifyProvenance({
      entityRef: 'component:default/orders',
      provenance,
      head: more.branch?.etag ?? COMMIT,
      branch,
      run: undefined,
      generated: [{ run: 'task-1', commit: COMMIT }],
      ...more,
    }).map(({ path, message }) => `${path ?? ''} ${message}`.trim());

  it('is borne out by Git, or is not', () => {
    expect(verify({})).toEqual([]);
    expect(verify({ head: undefined, branch: undefined })).toEqual([
      'There is no branch waymark-template',
    ]);
    expect(
      verify({
        branch: {
          etag: 'b'.repeat(40),
          hashes: new Map([['ci/test', [hash('other')]]]),
          others: ['more.txt'],
        },
      }),
    ).toEqual([
      expect.stringContaining('stands at bbbbbbbbbb, and not at aaaaaaaaaa'),
      expect.stringMatching(/^ci\/test On the branch .* it is not what/),
      expect.stringMatching(/^src\/app.ts It is not on the branch/),
      expect.stringMatching(/^more.txt It is on the branch/),
    ]);
  });

  it('counts while a later version is not merged, as far as the portal made it', () => {
    const [first, second, third] = ['a', 'b', 'c'].map(c => c.repeat(40));
    const upgrade = {
      entityRef: 'component:default/orders',
      templateRef: 'template:default/node-api',
      version: FILE.version,
    };
    const made = { run: 'task-1', commit: first };
    const proposed = { run: 'up-1', commit: second, parent: first, ...upgrade };
    const again = { run: 'up-2', commit: third, parent: second, ...upgrade };
    const all = [made, proposed, again];
    const at = (head: string, generated: GeneratedCommit[], named = first) =>
      verify({
        head,
        generated,
        provenance: { ...provenance, commit: named },
      });
    expect(at(first, all)).toEqual([]);
    expect(at(second, all)).toEqual([]);
    expect(at(third.slice(0, 12), all)).toEqual([]);
    // Nothing was written down, or only what is generated upon somebody's own commit
    expect(at(first, [])).toEqual([
      expect.stringMatching(/^It is only claimed/),
    ]);
    expect(at(third, [proposed, again])).toEqual([
      'This portal did not generate aaaaaaaaaa, which .waymark/golden-path.yaml names',
    ]);
    // Somebody else pushed
    expect(at(third, [made, again])).toEqual([
      expect.stringMatching(/stands at cccccccccc, and not at aaaaaaaaaa/),
    ]);
    expect(at('d'.repeat(40), all)).toHaveLength(1);
    // A commit of one's own, with the branch to match, and pretending to a run
    expect(at('d'.repeat(40), all, 'd'.repeat(40))).toEqual([
      'This portal did not generate dddddddddd, which .waymark/golden-path.yaml names',
      'The run that it names generated aaaaaaaaaa',
    ]);
    // Not even a wheel of records makes it go on for ever
    expect(
      at(second, [{ ...proposed, parent: third }, again], 'd'.repeat(40)),
    ).toHaveLength(2);

    const merged = { ...provenance, run: 'up-1', commit: second };
    const upgraded = (more: object, generated = all) =>
      verify({ head: second, generated, provenance: { ...merged, ...more } });
    expect(upgraded({})).toEqual([]);
    for (const run of ['up-2', undefined]) {
      expect(upgraded({ run })).toEqual([
        'It does not name the run that generated bbbbbbbbbb',
      ]);
    }
    expect(
      upgraded({ version: 'sha256:other', templateRef: 'template:default/x' }),
    ).toEqual([
      'bbbbbbbbbb was generated from template:default/node-api',
      `bbbbbbbbbb was generated from another version, ${FILE.version}`,
    ]);
    // Another component that says its source is in the same repository
    const others = [
      made,
      { ...proposed, entityRef: 'component:default/other' },
    ];
    expect(upgraded({}, others)).toEqual([
      'bbbbbbbbbb was generated for component:default/other',
    ]);
    // Two runs that came to the same commit
    expect(upgraded({}, [...others, proposed])).toEqual([]);
    // The newest version or another path, of which there is only the name
    const known = [{ ...made, ...upgrade, entityRef: undefined }];
    expect(at(first, known)).toEqual([]);
    for (const [more, message] of [
      [{ version: 'sha256:newest' }, /from another version, sha256:/],
      [{ templateRef: 'template:default/x' }, /from template:default.node-api/],
      [{ run: undefined }, /^It does not name the run/],
    ] as const) {
      expect(
        verify({ generated: known, provenance: { ...provenance, ...more } }),
      ).toEqual([expect.stringMatching(message)]);
    }
    // Nobody wrote down at that time from what it was generated
    expect(
      verify({
        generated: [made],
        provenance: { ...provenance, version: 'sha256:older' },
      }),
    ).toEqual([]);
  });

  it('is not that of another service or path', () => {
    const run: ScaffolderRun = {
      taskId: 'task-1',
      templateRef: 'template:default/node-api',
      entityRef: 'component:default/orders',
      creates: true,
      environments: [],
      status: 'completed',
      attempts: 1,
      createdAt: 0,
      startedAt: 0,
      steps: [],
    };
    expect(verify({ run })).toEqual([]);
    expect(
      verify({
        run: {
          ...run,
          entityRef: 'component:default/other',
          templateRef: 'template:default/other',
        },
      }),
    ).toEqual([
      'The run that it names made component:default/other',
      'The run that it names used template:default/other',
    ]);
  });

  it('deviates where something has to stay and does not', () => {
    const find = (
      deviations: Provenance['deviations'],
      hashes: Record<string, string>,
      leftOut: string[] = [],
    ) => {
      const parts = new PathParts([
        { name: 'docs', files: ['README.md', 'docs/**'] },
        { name: 'code', files: ['src/*.ts'] },
      ]);
      return findDeviations({
        leftOut,
        provenance: { ...provenance, deviations },
        managed: new Set(['ci/test', 'src/app.ts']),
        isThere: part => parts.isIn(part, provenance.files),
        branch: {
          hashes: new Map(
            Object.entries(hashes).map(([path, text]) => [path, [hash(text)]]),
          ),
        },
      });
    };
    expect(find([], { 'ci/test': 'test', 'src/app.ts': 'app' })).toEqual([]);
    expect(find([], { 'ci/test': 'other' })).toEqual([
      { path: 'ci/test', kind: 'changed', reason: undefined },
      { path: 'src/app.ts', kind: 'missing', reason: undefined },
    ]);
    expect(
      find(
        [
          { path: 'ci/', reason: 'Runner' },
          { path: 'docs/', reason: 'Later' },
        ],
        { 'src/app.ts': 'app' },
      ),
    ).toEqual([
      { path: 'ci/', kind: 'missing', reason: 'Runner' },
      { path: 'docs/', kind: 'declared', reason: 'Later' },
    ]);
    const part = (name: string) => ({
      path: `part:${name}`,
      part: name,
      reason: 'Elsewhere',
    });
    expect(
      find([part('code'), part('docs'), part('gone')], {
        'ci/test': 'test',
        'src/app.ts': 'app',
        'docs/own.md': 'In place of it',
      }),
    ).toEqual([
      // Generated after all
      { path: 'part:code', kind: 'declared', reason: 'Elsewhere' },
      { path: 'part:docs', kind: 'left-out', reason: 'Elsewhere' },
      { path: 'part:gone', kind: 'left-out', reason: 'Elsewhere' },
    ]);
    const same = { 'ci/test': 'test', 'src/app.ts': 'app' };
    expect(find([part('docs')], same, ['docs', 'delivery'])).toEqual([
      // Whether it is said or not
      { path: 'part:delivery', kind: 'left-out' },
      { path: 'part:docs', kind: 'left-out', reason: 'Elsewhere' },
    ]);
  });
});

describe('what becomes of a file', () => {
  const policies = new FilePolicies([
    { path: 'deploy/overlays/**', policy: 'merge' },
    { path: '**/*.test.ts', policy: 'once' },
    { path: 'src/*', policy: 'managed' },
  ]);
  it.each([
    ['deploy/overlays/staging/kustomization.yaml', 'merge'],
    ['deploy/base/service.yaml', 'managed'],
    ['src/app.test.ts', 'once'],
    ['a.test.ts', 'once'],
    ['src/app.ts', 'managed'],
    ['src/deep/app.ts', 'once'],
    ['ci/test', 'managed'],
    ['.github/workflows/ci.yaml', 'managed'],
    ['xgithub/workflows/ci.yaml', 'merge'],
    ['Dockerfile', 'managed'],
    ['README.md', 'once'],
    ['package.json', 'merge'],
  ])('%s: %s', (path, policy) => {
    expect(policies.of(path)).toBe(policy);
  });
});

it.each([
  [
    'http://localhost:7007/api/forge/payments/orders/src/branch/main/',
    'http://localhost:7007/api/forge/payments/orders',
    'http://localhost:7007/api/forge/payments/orders/src/branch/x/',
  ],
  [
    'https://github.com/acme/tree/tree/main/',
    'https://github.com/acme/tree',
    'https://github.com/acme/tree/tree/x/',
  ],
  [
    'https://gitlab.com/a/b/c/-/blob/main/',
    'https://gitlab.com/a/b/c',
    'https://gitlab.com/a/b/c/-/blob/x/',
  ],
  [
    'https://host.example/repository/',
    'https://host.example/repository',
    undefined,
  ],
])('finds the repository and its branches at %s', (root, url, other) => {
  expect(repositoryOf(root)).toBe(url);
  expect(onBranch(root, 'x')).toBe(other);
});

it('waits for what the scaffolder knows of a repository no longer than it may', async () => {
  // As when the host of the repository does not answer
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const generated = new GeneratedCommits({
    auth: mockServices.auth(),
    discovery: mockServices.discovery.mock({
      getBaseUrl: async () => `http://localhost:${port}`,
    }),
  });
  const repositoryUrl = 'https://git.example/payments/orders';
  try {
    for (const ask of [
      (signal: AbortSignal) => generated.of(repositoryUrl, { signal }),
      (signal: AbortSignal) =>
        generated.isDelivered({ service: 'orders', repositoryUrl, signal }),
    ]) {
      const stopping = new AbortController();
      const answer = ask(stopping.signal);
      await once(server, 'request');
      stopping.abort();
      await expect(answer).rejects.toThrow('aborted');
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
