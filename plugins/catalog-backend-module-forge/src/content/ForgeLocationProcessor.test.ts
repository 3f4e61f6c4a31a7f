import { AlphaEntity } from '@backstage/catalog-model/alpha';
import { eventually } from '@waymark/backend-test-support';
import forgePlugin from '@waymark/plugin-forge-backend';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { componentYaml } from '../__testUtils__/componentYaml';
import { ForgeRepository } from '../__testUtils__/ForgeRepository';
import { startCatalog, TestCatalog } from '../__testUtils__/startCatalog';

jest.setTimeout(120_000);

const FILE = 'catalog-info.yaml';

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** A billion laughs: every line holds the one before it nine times. */
const LAUGHS = `l0: &l0 ["ha", "ha"]\n${times(
  12,
  i => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`)}]`,
)}\n`;

/**
 * Contents that nobody should be able to hurt the portal with. The catalog
 * reports an error once: neighbours must not have the same reason.
 */
const HOSTILE: [string, string | Buffer, RegExp][] = [
  [
    'just above the limit',
    componentYaml('x', 'x'.repeat(1024 * 1024)),
    /has more than 1048576 bytes/,
  ],
  ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), /is a binary file/],
  [
    'of another encoding',
    Buffer.from('a: \xe9\xff', 'latin1'),
    /not text in UTF-8/,
  ],
  // Above what the forge itself is willing to give out
  [
    'huge',
    Buffer.alloc(30_000_000, '# comment\n'),
    /has more than 1048576 bytes/,
  ],
  [
    'full of aliases',
    componentYaml('x') + LAUGHS,
    /more than 100 YAML aliases/,
  ],
  [
    'large through few aliases',
    `${componentYaml('x')}  a: &a "${'x'.repeat(50_000)}"\n  b: [${Array(
      90,
    ).fill('*a')}]\n`,
    /becomes too large when its YAML aliases are filled in/,
  ],
  [
    'one wide mapping',
    `{${times(100_000, i => `k${i},`)}}`,
    /too many keys and values/,
  ],
  ['nested in brackets', `a: ${'['.repeat(500_000)}`, /nested too deeply/],
  [
    'full of anchors',
    times(60_000, i => `- &a${i} x`),
    /too many keys and values/,
  ],
  [
    'nested in lines',
    `${componentYaml('x')}  x:\n${times(100, i => `${' '.repeat(i + 4)}x:`)}\n`,
    /nested too deeply: more than 64 levels/,
  ],
  ['nested in one line', `${'- '.repeat(4_000)}a`, /cannot be parsed/],
  [
    '10,000 documents',
    times(10_000, () => '---\na: 1'),
    /more than 500 YAML documents/,
  ],
  ['not YAML', 'a: [b\nc: "', /cannot be parsed: YAML error/],
  ['no mapping', 'just text', /cannot be parsed: Expected object at root/],
];

describe('ForgeLocationProcessor with the real forge', () => {
  let directory: string;
  let catalog: TestCatalog;
  const repositories: ForgeRepository[] = [];

  async function create(name: string): Promise<ForgeRepository> {
    const repository = await ForgeRepository.create({ url: catalog.url, name });
    repositories.push(repository);
    return repository;
  }

  async function component(
    name: string,
    matches: (entity: AlphaEntity) => boolean = () => true,
  ) {
    return eventually(`the component ${name}`, async () => {
      const entity = await catalog.entity(`component:default/${name}`);
      return entity && matches(entity) && entity;
    });
  }

  /** Messages since the given number of them, when one is of the given reason. */
  async function errorsSince(seen: number, reason: RegExp): Promise<string[]> {
    return eventually(`an error like ${reason}`, () => {
      const messages = catalog.errors.slice(seen);
      return messages.some(message => reason.test(message)) && messages;
    });
  }

  const described = (description: string) => (entity: AlphaEntity) =>
    entity.metadata.description === description;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waymark-'));
    catalog = await startCatalog({
      config: {
        forge: { directory, password: 'secret', organizations: ['squad'] },
      },
      features: [forgePlugin],
    });
  });

  afterAll(async () => {
    await catalog.stop();
    await Promise.all(repositories.map(repository => repository.cleanUp()));
    await rm(directory, { recursive: true, force: true });
  });

  it('shows what is pushed, as it is pushed', async () => {
    const repository = await create('by-hand');
    await repository.push({ 'README.md': '# By hand' });
    const target = `${catalog.url}/api/forge/squad/by-hand/src/branch/main/${FILE}`;
    await eventually('the location', async () =>
      (await catalog.targets()).includes(target),
    );
    // Without the file there is nothing to show, and nothing to complain about
    const location = await eventually(
      'the location to be processed',
      async () => {
        const found = await catalog.names('Location');
        const [name] = found.filter(n => n.startsWith('squad-by-hand-'));
        return name ? catalog.entity(`location:default/${name}`) : undefined;
      },
    );
    expect(location.status).toBeUndefined();
    expect(catalog.errors).toEqual([]);

    await repository.push({ [FILE]: componentYaml('by-hand', 'first') });
    await component('by-hand', described('first'));
    await repository.push({ [FILE]: componentYaml('by-hand', 'second') });
    await component('by-hand', described('second'));

    // One broken push changes nothing, and says so where people look
    await repository.push({ [FILE]: 'a: [' });
    const broken = await eventually('the error on the location', async () => {
      const entity = await catalog.entity(
        `location:default/${location.metadata.name}`,
      );
      return entity?.status?.items?.length ? entity : undefined;
    });
    expect(broken.status?.items?.[0]).toMatchObject({
      level: 'error',
      message: expect.stringContaining(`${target} cannot be parsed`),
    });
    expect((await component('by-hand')).metadata.description).toBe('second');

    await repository.push({ [FILE]: componentYaml('by-hand', 'third') });
    await component('by-hand', described('third'));

    await repository.delete();
    await eventually(
      'the component to go',
      async () => !(await catalog.entity('component:default/by-hand')),
    );
    expect(await catalog.targets()).not.toContain(target);
  });

  it('takes a file at once that was broken from its first push on', async () => {
    const repository = await create('mended');
    const seen = catalog.errors.length;
    await repository.push({ [FILE]: 'a: [' });
    await errorsSince(seen, /cannot be parsed/);
    await repository.push({ [FILE]: componentYaml('mended') });
    await component('mended');
  });

  it('keeps what it has when a file is hostile, and names file and reason', async () => {
    const repository = await create('hostile');
    await repository.push({ [FILE]: componentYaml('hostile', 'good') });
    await component('hostile', described('good'));
    const target = `${catalog.url}/api/forge/squad/hostile/src/branch/main/${FILE}`;

    let slowest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      slowest = Math.max(slowest, performance.now() - last);
      last = performance.now();
    }, 10);
    const memory = process.memoryUsage().rss;

    try {
      for (const [, content, reason] of HOSTILE) {
        const seen = catalog.errors.length;
        await repository.push({ [FILE]: content });
        const messages = await errorsSince(seen, reason);
        for (const message of messages) {
          expect(message).toContain(target);
          expect(message.length).toBeLessThan(1500);
        }
      }
    } finally {
      clearInterval(watch);
    }

    expect(await component('hostile')).toMatchObject({
      metadata: { description: 'good' },
    });
    // Generous: the tests of other packages may keep this machine busy
    expect(slowest).toBeLessThan(3000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(500 * 1024 * 1024);

    await repository.push({ [FILE]: componentYaml('hostile', 'mended') });
    await component('hostile', described('mended'));
  });

  it('does not let a repository point at files of this machine', async () => {
    const seen = catalog.errors.length;
    const repository = await create('nosy');
    await repository.push({
      [FILE]: `apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: nosy
spec:
  type: file
  target: /etc/hostname
`,
    });
    await errorsSince(seen, /must be of an allowed type/);
  });

  it('fills in files of the same repository, within bounds', async () => {
    const repository = await create('api');
    const api = (definition: string) => `apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: greetings
spec:
  type: openapi
  lifecycle: production
  owner: somebody
  definition: ${definition}
`;
    const definition = async () =>
      (await catalog.entity('api:default/greetings'))?.spec?.definition;
    await repository.push({
      [FILE]: api('{ $text: ./openapi.yaml }'),
      'openapi.yaml': 'openapi: 3.0.3 # one',
    });
    await eventually('the definition', async () =>
      String(await definition()).includes('one'),
    );
    await repository.push({ 'openapi.yaml': 'openapi: 3.0.3 # two' });
    await eventually('its change', async () =>
      String(await definition()).includes('two'),
    );

    const hostile: [Record<string, string>, RegExp][] = [
      [
        { 'openapi.yaml': '# comment\n'.repeat(200_000) },
        /openapi\.yaml has more than 1048576 bytes/,
      ],
      [
        {
          [FILE]: api('{ $yaml: ./wide.yaml }'),
          'wide.yaml': `{${times(100_000, i => `k${i},`)}}`,
        },
        /wide\.yaml is too complex/,
      ],
      [
        {
          [FILE]: api('{ $yaml: ./more.yaml }'),
          'more.yaml': 'a: { $text: ./openapi.yaml }',
        },
        /more\.yaml holds the placeholder \$text of its own/,
      ],
      [
        {
          [FILE]: api(`[${Array(21).fill('{ $text: ./README.md }')}]`),
          'README.md': '#',
        },
        /has more than 20 placeholders/,
      ],
      [
        {
          [FILE]: api('{ $text: ../../../../many/src/branch/main/README.md }'),
        },
        /does not name a file of the same repository/,
      ],
    ];
    for (const [files, reason] of hostile) {
      const seen = catalog.errors.length;
      await repository.push(files);
      await errorsSince(seen, reason);
    }
    expect(await definition()).toContain('two');
  });

  it('reads a large file with many entities', async () => {
    const repository = await create('many');
    await repository.push({
      [FILE]: times(200, i => `---\n${componentYaml(`many-${i}`)}`),
    });
    await component('many-199');
  });
});
