import { rmSync } from 'node:fs';
import { Files } from '../lib/files.mjs';
import { kustomize } from '../lib/kustomize.mjs';
import {
  environments,
  Manifests,
  problemsOfManifests,
} from '../lib/manifests.mjs';
import { assertNone } from '../lib/reporter.mjs';
import { run } from '../lib/run.mjs';

/** What Argo CD is told of a service: in the GitOps repository, not in its own. */
export async function checkDelivery(context) {
  const { answers, files, portal, reporter } = context;
  const { name, leftOut = [] } = answers.values;
  const isLeftOut = leftOut.some(({ part }) => part === 'delivery');
  const directory = `${files.directory}.gitops`;
  const label = isLeftOut
    ? 'Argo CD is told of nothing'
    : 'Argo CD is told what to run where';

  await reporter.check(label, async () => {
    try {
      await run(
        'git',
        [
          'clone',
          '--quiet',
          '--depth=1',
          `${portal.url}/api/forge/platform/gitops.git`,
          directory,
        ],
        { cwd: '/', env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } },
      );
      const gitops = new Files(directory);
      if (isLeftOut) {
        assertNone(gitops.matching(new RegExp(`^apps/${name}/`)));
        return undefined;
      }
      const applications = environments.map(environment =>
        gitops.yaml(`apps/${name}/${environment}/application.yaml`),
      );
      assertNone([
        ...(await problemsOfManifests([
          ...gitops.yaml('root.yaml'),
          ...applications.flat(),
        ])),
        ...environments.flatMap((environment, index) =>
          problemsOf({
            ...context,
            gitops,
            environment,
            application: applications[index][0],
          }),
        ),
      ]);
      return `${environments.length} applications`;
    } catch (error) {
      // It is made for the first service that is delivered
      if (isLeftOut && error.message.includes('There is no repository')) {
        return undefined;
      }
      throw error;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

function problemsOf(context) {
  const { answers, portal, gitops, environment, application } = context;
  const { name } = answers.values;
  const folder = `apps/${name}/${environment}`;
  const { metadata, spec } = application;
  const problems = [];
  const expect = (holds, text) =>
    holds || problems.push(`${environment}: ${text}`);

  expect(metadata.name === `${name}-${environment}`, metadata.name);
  expect(
    metadata.labels?.['app.kubernetes.io/name'] === name &&
      metadata.labels.environment === environment,
    'the portal cannot tell which service this is, and where',
  );
  expect(
    spec.source.repoURL === `${portal.url}/api/forge/platform/gitops.git` &&
      spec.source.path === folder,
    `reads ${spec.source.repoURL} ${spec.source.path}`,
  );
  expect(
    spec.destination.namespace === `${name}-${environment}`,
    `goes to ${spec.destination.namespace}`,
  );
  expect(
    Boolean(spec.syncPolicy?.automated) === (environment === 'staging'),
    'staging is synchronized by itself, production by somebody',
  );
  expect(spec.syncPolicy?.retry?.limit > 0, 'gives up at once');

  const manifests = new Manifests(
    kustomize(gitops, folder, { remote: url => find(context, url) }),
    environment,
  );
  for (const { image = '' } of manifests.containers()) {
    expect(
      /:[\w.-]+$/.test(image) && !image.endsWith(':latest'),
      `runs ${image}`,
    );
  }
  expect(manifests.containers().length > 0, 'runs nothing');
  return problems;
}

/** The overlay of the service itself, which Kustomize fetches. */
function find({ answers, files, portal, environment }, url) {
  const { name, owner } = answers.values;
  const folder = `deploy/overlays/${environment}`;
  const expected = `${portal.url}/api/forge/${
    owner.split('/')[1]
  }/${name}.git//${folder}?ref=main`;
  if (url !== expected) {
    throw new Error(`${url} is not ${expected}`);
  }
  return { files, folder };
}
