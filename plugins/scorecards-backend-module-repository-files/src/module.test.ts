import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import {
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  CatalogScmEventsService,
  catalogScmEventsServiceRef,
} from '@backstage/plugin-catalog-node/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createDeferred } from '@backstage/types';
import {
  closingDatabaseServiceFactory,
  collectAll,
  eventually,
  git,
  startCollectors,
  withCredentials,
  writeTree,
} from '@waymark/backend-test-support';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a host to read from
import forge from '@waymark/plugin-forge-backend';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the engine, beside which it runs
import scorecards from '@waymark/plugin-scorecards-backend';
import { CollectedFacts, FactCollector } from '@waymark/plugin-scorecards-node';
import repositoryFiles from '.';

const PASSWORD = 'correct horse battery staple';
const APACHE = `
                                 Apache License
                           Version 2.0, January 2004
`;

const component = (
  name: string,
  annotations: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name, annotations },
});
const at = (name: string, url: string) =>
  component(name, { 'backstage.io/source-location': `url:${url}` });

const valuesOf = (found: CollectedFacts) => {
  if (!('facts' in found)) {
    throw new Error(JSON.stringify(found));
  }
  return Object.fromEntries(
    found.facts.map(({ name, value }) => [name, value]),
  );
};
const sourceOf = (found: CollectedFacts, fact: string) =>
  'facts' in found && found.facts.find(({ name }) => name === fact)?.source;
const errorOf = (found: CollectedFacts) =>
  'error' in found ? found.error.message : undefined;

const SCORECARD = {
  apiVersion: 'waymark.dev/v1alpha1',
  kind: 'Scorecard',
  metadata: { namespace: 'default', name: 'readiness', etag: '1' },
  spec: {
    owner: 'group:default/team',
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'bronze' }],
    rules: [
      {
        id: 'runbook',
        title: 'Runbook',
        level: 'bronze',
        check: 'facts.repository.readme.runbook',
      },
    ],
  },
};

describe('facts from files of repositories', () => {
  let scratch: string;
  let address: string;
  let collector: FactCollector;
  let portal: string;
  const repositories = new Map<
    string,
    { root: string; push(files: Record<string, string>): Promise<void> }
  >();
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'repository-files-'));
    const events = createDeferred<CatalogScmEventsService>();
    const host = await startTestBackend({
      features: [
        forge,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({
          data: {
            forge: {
              directory: join(scratch, 'forge'),
              password: PASSWORD,
              organizations: ['team'],
            },
          },
        }),
        createBackendPlugin({
          pluginId: 'listener',
          register: env =>
            env.registerInit({
              deps: { scmEvents: catalogScmEventsServiceRef },
              init: async ({ scmEvents }) => events.resolve(scmEvents),
            }),
        }),
      ],
    });
    stops.push(() => host.stop());
    const origin = `localhost:${host.server.port()}`;
    address = `http://${origin}/api/forge`;
    const shared = await events;
    const features = [
      repositoryFiles,
      urlReaderServiceFactory,
      // One process, as in a portal
      createServiceFactory({
        service: catalogScmEventsServiceRef,
        deps: {},
        factory: () => shared,
      }),
    ];
    const config = {
      integrations: { gitea: [{ host: origin, baseUrl: address }] },
    };
    const collectors = await startCollectors({ features, config });
    stops.push(collectors.stop);
    [collector] = collectors.collectors;

    const { root } = await createRepository('shop', {
      'README.md': '# Shop\n\n## Runbook\n\nTo do\n',
    });
    const engine = await startTestBackend({
      features: [
        ...features,
        scorecards,
        closingDatabaseServiceFactory,
        mockServices.rootConfig.factory({ data: config }),
        catalogServiceMock.factory({
          entities: [at('shop', root), SCORECARD],
        }),
      ],
    });
    stops.push(() => engine.stop());
    portal = `http://localhost:${engine.server.port()}/api/scorecards`;
  });
  afterAll(async () => {
    await Promise.all(stops.map(stop => stop()));
    await rm(scratch, { recursive: true, force: true });
  });
  afterEach(() => jest.restoreAllMocks());

  /** A repository of the forge, and how to push to it. */
  async function createRepository(name: string, files: Record<string, string>) {
    const response = await fetch(`${address}/api/v1/orgs/team/repos`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `token ${PASSWORD}`,
      },
      body: JSON.stringify({ name }),
    });
    const { clone_url: url } = await response.json();
    const copy = await mkdtemp(join(scratch, 'copy-'));
    await git(copy, 'init', '--quiet', '--initial-branch=main');
    const push = async (changed: Record<string, string>) => {
      await writeTree(copy, changed);
      await git(copy, 'add', '--all');
      await git(copy, 'commit', '--quiet', '--message', 'A change');
      await git(copy, 'push', withCredentials(url, PASSWORD), 'main');
    };
    await push(files);
    const repository = {
      root: `${address}/team/${name}/src/branch/main/`,
      push,
    };
    repositories.set(name, repository);
    return repository;
  }

  it('say what is in a folder, and at the top where that counts for all', async () => {
    const { root } = await createRepository('mono', {
      'README.md': '# Mono\n',
      'LICENSE.txt': APACHE,
      '.gitea/CODEOWNERS': '* @team\n',
      '.gitea/workflows/test.yaml': 'on: push\n',
      '.gitea/workflows/deploy.yml': 'on: push\n',
      '.gitea/workflows/notes.md': 'no workflow\n',
      'services/fares/readme.markdown':
        'Fares\n=====\n\n```md\n# Not this\n```\n\n<!--\n## Nor this\n-->\n\n## Runbook\n\nTurn it off and on.\n',
      'services/fares/README.rst': 'ignored\n',
      'services/fares/Containerfile': 'FROM scratch\n',
      'services/fares/LICENSE': 'All rights are ours.\n',
      'services/fares/.waymark/golden-path.yaml':
        'template: template:default/service\nversion: 4f1c\nanswers: { a: 1 }\n',
      'services/fares/src/Dockerfile.md': 'not here\n',
      'services/bare/main.ts': '\n',
    });
    const fetched = jest.spyOn(global, 'fetch');
    const [top, fares, bare, none] = await collectAll(collector, [
      at('top', root),
      at('fares', `${root}services/fares`),
      component('bare', {
        'backstage.io/managed-by-location': `url:${root}services/bare/catalog-info.yaml`,
      }),
      at('none', `${root}services/gone/`),
    ]);
    expect(
      fetched.mock.calls.filter(([url]) => String(url).includes('/archive/')),
    ).toHaveLength(1);
    expect(valuesOf(top)).toEqual({
      'repository.readme.present': true,
      'repository.readme.headings': ['Mono'],
      'repository.readme.runbook': false,
      'repository.dockerfile.present': false,
      'repository.ci.present': true,
      'repository.ci.workflows': [
        '.gitea/workflows/deploy.yml',
        '.gitea/workflows/test.yaml',
      ],
      'repository.codeowners.present': true,
      'repository.license.present': true,
      'repository.license.spdx': 'Apache-2.0',
      'repository.goldenPath.template': '',
      'repository.goldenPath.version': '',
    });
    expect(valuesOf(fares)).toEqual({
      ...valuesOf(top),
      'repository.readme.headings': ['Fares', 'Runbook'],
      'repository.readme.runbook': true,
      'repository.dockerfile.present': true,
      'repository.license.spdx': 'NOASSERTION',
      'repository.goldenPath.template': 'template:default/service',
      'repository.goldenPath.version': '4f1c',
    });
    expect(valuesOf(bare)).toEqual({
      ...valuesOf(top),
      'repository.readme.present': false,
      'repository.readme.headings': [],
    });
    expect(sourceOf(fares, 'repository.readme.runbook')).toBe(
      `${root}services/fares/readme.markdown`,
    );
    expect(sourceOf(bare, 'repository.license.spdx')).toBe(
      `${root}LICENSE.txt`,
    );
    expect(sourceOf(bare, 'repository.readme.present')).toBe(
      `${root}services/bare`,
    );
    expect(errorOf(none)).toBe(`${root} has no folder services/gone`);
    expect(Object.keys(valuesOf(top)).sort()).toEqual(
      collector.facts.map(({ name }) => name).sort(),
    );
  });

  it('are read again only when something was pushed, which is told at once', async () => {
    const { root, push } = repositories.get('shop')!;
    const shop = at('shop', root);
    const [first] = await collectAll(collector, [shop]);
    expect(valuesOf(first)).toMatchObject({
      'repository.readme.runbook': false,
    });
    const state = 'facts' in first ? first.state! : '';
    const states = new Map([['component:default/shop', state]]);
    expect(await collectAll(collector, [shop], { states })).toEqual([
      { entityRef: 'component:default/shop', unchanged: true },
    ]);
    const moved = at('shop', `${root}docs/`);
    expect(
      errorOf((await collectAll(collector, [moved], { states }))[0]),
    ).toMatch(/no folder docs/);

    const outcome = async () => {
      const answer = await fetch(`${portal}/entities/component/default/shop`);
      const [scorecard] = (await answer.json()).scorecards ?? [];
      return scorecard?.rules[0].outcome;
    };
    // Nothing of it is known yet
    for (const ref of [
      'scorecard/default/readiness',
      'component/default/shop',
    ]) {
      const { status } = await fetch(`${portal}/entities/${ref}/evaluations`, {
        method: 'POST',
      });
      expect(status).toBe(200);
    }
    expect(await outcome()).toBe('fail');
    await push({ 'README.md': '# Shop\n\n## Runbook\n\nCall *us*.\n' });
    await eventually('it passes', async () => (await outcome()) === 'pass');
    const [second] = await collectAll(collector, [shop], { states });
    expect(valuesOf(second)).toMatchObject({
      'repository.readme.runbook': true,
    });
  });

  it('are not known of what cannot be read', async () => {
    const gone = `${address}/team/gone/src/branch/main/`;
    const found = await collectAll(collector, [
      at('gone', gone),
      at('branchless', `${address}/team/shop`),
      component('file', { 'backstage.io/managed-by-location': 'file:/a/b' }),
    ]);
    expect(
      Object.fromEntries(found.map(item => [item.entityRef, errorOf(item)])),
    ).toEqual({
      'component:default/gone': expect.stringContaining(
        `${gone} is not there, or the portal may not read it`,
      ),
      'component:default/branchless': expect.stringMatching(/names no branch/),
      'component:default/file': expect.stringMatching(/names no address/),
    });
  });
});
