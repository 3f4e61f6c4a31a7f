import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import { Entity } from '@backstage/catalog-model';
import {
  collectAll,
  startCollectors,
  startGithub,
  type Github,
} from '@waymark/backend-test-support';
import { CollectedFacts, FactCollector } from '@waymark/plugin-scorecards-node';
import repositoryFiles from '.';

const ORGANIZATION = 'kestrelvale-rail';

const valuesOf = (found: CollectedFacts) =>
  'facts' in found
    ? Object.fromEntries(found.facts.map(({ name, value }) => [name, value]))
    : found;

describe('facts from files of repositories on GitHub', () => {
  let server: Github;
  let collector: FactCollector;
  let stop: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    server = await startGithub({
      organization: {
        login: ORGANIZATION,
        repositories: [
          {
            name: 'mono',
            files: {
              LICENSE: 'MIT License\n',
              '.github/CODEOWNERS': '* @fares\n',
              '.github/workflows/ci.yaml': 'on: push\n',
              'README.md': '# Mono\n',
              'fares/README.md': '# Fares\n\n# Runbook\n\nCall us.\n',
              'fares/Dockerfile': 'FROM scratch\n',
            },
          },
        ],
      },
    });
    const backend = await startCollectors({
      features: [repositoryFiles, urlReaderServiceFactory],
      config: {
        integrations: {
          github: [
            {
              host: server.host,
              apiBaseUrl: server.apiUrl,
              token: server.token,
            },
          ],
        },
      },
    });
    stop = backend.stop;
    [collector] = backend.collectors;
  });
  afterAll(async () => {
    await stop?.();
    await server?.stop();
  });

  const fares = (path: string): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace: 'default',
      name: 'fares',
      annotations: {
        'backstage.io/source-location': `url:${server.url}/${ORGANIZATION}/${path}`,
      },
    },
  });

  it('are those of the folder, and are kept while nothing is pushed', async () => {
    const entity = fares('mono/tree/main/fares/');
    const [found] = await collectAll(collector, [entity]);
    expect(valuesOf(found)).toEqual({
      'repository.readme.present': true,
      'repository.readme.headings': ['Fares', 'Runbook'],
      'repository.readme.runbook': true,
      'repository.dockerfile.present': true,
      'repository.ci.present': true,
      'repository.ci.workflows': ['.github/workflows/ci.yaml'],
      'repository.codeowners.present': true,
      'repository.license.present': true,
      'repository.license.spdx': 'MIT',
      'repository.goldenPath.template': '',
      'repository.goldenPath.version': '',
    });
    const state = ('facts' in found && found.state) || '';
    const states = new Map([['component:default/fares', state]]);
    expect(await collectAll(collector, [entity], { states })).toEqual([
      { entityRef: 'component:default/fares', unchanged: true },
    ]);
    const [gone] = await collectAll(collector, [fares('gone/tree/main/')]);
    expect(gone).toMatchObject({
      error: { message: expect.stringMatching(/is not there, or the portal/) },
    });
  });

  it('wait when GitHub wants fewer requests, and are not known when it fails', async () => {
    const fail = (fault: object) =>
      fetch(`${server.url}/_control/faults`, {
        method: 'POST',
        headers: { authorization: `token ${server.token}` },
        body: JSON.stringify({ path: '/commits/', times: 1, ...fault }),
      });
    const entity = fares('mono/tree/main/');
    await fail({ status: 502 });
    expect(await collectAll(collector, [entity])).toMatchObject([
      { error: { message: expect.stringMatching(/could not be read: .*502/) } },
    ]);
    await fail({ kind: 'rateLimit' });
    await expect(collectAll(collector, [entity])).rejects.toMatchObject({
      name: 'RateLimitError',
      retryAt: expect.any(Date),
    });
  });
});
