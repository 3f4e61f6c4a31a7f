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
      const [project] = gitops.yaml(`apps/${name}/project.yaml`);
      assertNone([
        ...(await problemsOfManifests([
          ...gitops.yaml('root.yaml'),
          project,
          ...applications.flat(),
        ])),
        ...problemsOfRoot(gitops.yaml('root.yaml')),
        ...problemsOfProject({ project, name, portal }),
        ...environments.flatMap((environment, index) =>
          problemsOf({
            ...context,
            gitops,
            environment,
            project,
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
  const { answers, portal, gitops, environment, project, application } =
    context;
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
  expect(
    spec.project === project.metadata.name &&
      metadata.namespace === project.metadata.namespace,
    `belongs to the project ${spec.project}`,
  );

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
  for (const object of manifests.objects) {
    expect(
      isAllowed(project, object),
      `its project refuses ${object.kind} ${object.metadata.name}`,
    );
  }
  expect(
    manifests.find('Namespace', `${name}-${environment}`)?.metadata.labels?.[
      'pod-security.kubernetes.io/enforce'
    ] === 'restricted',
    'its namespace takes pods with privileges',
  );
  return problems;
}

/** What makes all others known brings these and nothing else. */
function problemsOfRoot(objects) {
  const [project, application] = objects;
  const { spec, metadata } = project;
  const { include } = application.spec.source.directory;
  const isOwn =
    application.spec.project === metadata.name && metadata.name !== 'default';
  const kinds = spec.namespaceResourceWhitelist.map(({ kind }) => kind).sort();
  return [
    ...(isOwn ? [] : [`root: of the project ${application.spec.project}`]),
    ...(spec.clusterResourceWhitelist === undefined &&
    spec.clusterResourceBlacklist.some(
      ({ group, kind }) => group === '*' && kind === '*',
    ) &&
    kinds.join() === 'AppProject,Application' &&
    spec.destinations.every(({ namespace }) => namespace === metadata.namespace)
      ? []
      : ['root: may bring more than applications and their projects']),
    ...(include === '{apps/*/project.yaml,apps/*/*/application.yaml}'
      ? []
      : [`root: reads ${include}`]),
  ];
}

/** A service reaches its own namespaces, and has no rights to give away. */
function problemsOfProject({ project, name, portal }) {
  const { metadata, spec } = project;
  const own = environments.map(environment => `${name}-${environment}`);
  const problems = [];
  const expect = (holds, text) => holds || problems.push(`project: ${text}`);

  expect(metadata.name === `service-${name}`, `is ${metadata.name}`);
  expect(
    Number(metadata.annotations?.['argocd.argoproj.io/sync-wave']) < 0,
    'comes after its applications',
  );
  expect(
    spec.sourceRepos.every(
      url => url.startsWith(`${portal.url}/`) && !url.includes('*'),
    ),
    `reads ${spec.sourceRepos}`,
  );
  expect(
    spec.destinations.map(({ namespace }) => namespace).join() === own.join(),
    `goes to ${spec.destinations.map(({ namespace }) => namespace)}`,
  );
  for (const { group, kind, name: of } of spec.clusterResourceWhitelist) {
    expect(
      group === '' && kind === 'Namespace' && own.includes(of),
      `may change ${kind} ${of ?? '*'} of the cluster`,
    );
  }
  const refused =
    /^(\*|.*Role.*|ResourceQuota|LimitRange|Application|AppProject)$/;
  for (const { group, kind } of spec.namespaceResourceWhitelist) {
    expect(group !== '*' && !refused.test(kind), `may change ${group}/${kind}`);
  }
  return problems;
}

/** Whether Argo CD takes an object of an application of a project. */
function isAllowed({ spec }, { apiVersion, kind, metadata }) {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const isOf = item => item.group === group && item.kind === kind;
  return metadata.namespace === undefined
    ? spec.clusterResourceWhitelist.some(
        item => isOf(item) && item.name === metadata.name,
      )
    : spec.namespaceResourceWhitelist.some(isOf) &&
        spec.destinations.some(
          ({ namespace }) => namespace === metadata.namespace,
        );
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
