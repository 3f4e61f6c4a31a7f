/** Takes lines out of a text. */
const without = pattern => text =>
  text
    .split('\n')
    .filter(line => !pattern.test(line))
    .join('\n');

/** Takes a key with everything below it out of YAML. */
const withoutBlock = key => text => {
  const lines = text.split('\n');
  const start = lines.findIndex(line => line.trim() === `${key}:`);
  const indent = line => line.length - line.trimStart().length;
  let end = start + 1;
  while (
    end < lines.length &&
    (lines[end] === '' || indent(lines[end]) > indent(lines[start]))
  ) {
    end += 1;
  }
  return start < 0 ? text : lines.toSpliced(start, end - start).join('\n');
};

const replaced = (pattern, text) => source => source.replace(pattern, text);
const appended = text => source => `${source}${text}`;
const gone = () => undefined;

const workflow = '.github/workflows/ci.yaml';
const deployment = 'deploy/base/deployment.yaml';
const policy = 'deploy/base/network-policy.yaml';

const rights = 'jobs have no more rights than they need';
const pinnedActions = 'actions are pinned by commit';
const probes = 'containers are probed';
const denied = 'what is not allowed is denied';
const privileges = 'containers have no capabilities and gain no privileges';
const memory =
  'containers ask for processor and memory, and memory has a limit';
const notRoot = 'pods do not run as root';

/**
 * Every promise of the paths, broken once in the layer that keeps it, and the
 * check that has to find exactly that. `path` is the one it is rendered with, by
 * default node-api. `edit` gets the text of each of `files`
 * in the layer and answers what it becomes; nothing is a file that is deleted.
 */
export const breakages = [
  {
    what: 'an action named by its tag',
    layer: 'ci',
    files: [workflow],
    edit: replaced(/(actions\/checkout)@[0-9a-f]{40} # (v\S+)/, '$1@$2'),
    found: pinnedActions,
  },
  {
    what: 'an action of the own action named by its tag',
    layer: 'ci-node',
    files: ['.github/actions/setup/action.yaml'],
    edit: replaced(/(actions\/setup-node)@[0-9a-f]{40} # (v\S+)/, '$1@$2'),
    found: pinnedActions,
  },
  {
    what: 'a job that may push to the repository',
    layer: 'ci',
    files: [workflow],
    edit: replaced('contents: read', 'contents: write'),
    found: rights,
  },
  {
    what: 'a workflow with all rights',
    layer: 'ci',
    files: [workflow],
    edit: replaced(/^permissions: \{\}$/m, 'permissions: write-all'),
    found: rights,
  },
  {
    what: 'a job without a time limit',
    layer: 'ci',
    files: [workflow],
    edit: replaced(/^ +timeout-minutes: \d+\n/m, ''),
    found: 'jobs end, and keep no credentials on the disk',
  },
  {
    what: 'a token left in .git',
    layer: 'ci',
    files: [workflow],
    edit: replaced('persist-credentials: false', 'persist-credentials: true'),
    found: 'jobs end, and keep no credentials on the disk',
  },
  {
    what: 'an expression that GitHub does not know',
    layer: 'ci',
    files: [workflow],
    edit: replaced('${{ github.ref }}', '${{ githup.ref }}'),
    found: 'actionlint finds nothing',
  },
  {
    what: 'an image that nobody scans',
    layer: 'ci',
    files: [workflow],
    edit: text => text.replaceAll('ci/scan', 'ci/sbom'),
    found: 'the workflow calls the scripts, and there are no others',
  },
  {
    what: 'a script that is not valid shell',
    layer: 'ci',
    files: ['ci/scan'],
    edit: appended('if true; then\n'),
    found: 'scripts can be run',
  },
  {
    what: 'a base image by its tag alone',
    layer: 'container-node',
    files: ['Dockerfile'],
    edit: replaced(/@sha256:[0-9a-f]{64}/, ''),
    found: 'images are pinned by digest',
  },
  {
    what: 'USER root',
    layer: 'container-node',
    files: ['Dockerfile'],
    edit: replaced(/^USER .*$/m, 'USER root'),
    found: 'the image does not run as root',
  },
  {
    what: 'no USER at all',
    layer: 'container-node',
    files: ['Dockerfile'],
    edit: without(/^USER /),
    found: 'the image does not run as root',
  },
  {
    what: 'COPY of a file that is not there',
    layer: 'container-node',
    files: ['Dockerfile'],
    edit: replaced(/^COPY ci\/build /m, 'COPY ci/bulid '),
    found: 'what the image copies is there',
  },
  {
    what: 'an action of the own action named by its tag',
    path: 'go-http-service',
    layer: 'ci-go',
    files: ['.github/actions/setup/action.yaml'],
    edit: replaced(/(actions\/setup-go)@[0-9a-f]{40} # (v\S+)/, '$1@$2'),
    found: pinnedActions,
  },
  {
    what: 'the last image by its tag alone',
    path: 'go-http-service',
    layer: 'container-go',
    files: ['Dockerfile'],
    edit: replaced(/(distroless\/\S+)@sha256:[0-9a-f]{64}/, '$1'),
    found: 'images are pinned by digest',
  },
  {
    what: 'no USER at all',
    path: 'go-http-service',
    layer: 'container-go',
    files: ['Dockerfile'],
    edit: without(/^USER /),
    found: 'the image does not run as root',
  },
  {
    what: 'an action of the own action named by its tag, in Python',
    path: 'python-worker',
    layer: 'ci-python',
    files: ['.github/actions/setup/action.yaml'],
    edit: replaced(/(actions\/setup-python)@[0-9a-f]{40} # (v\S+)/, '$1@$2'),
    found: pinnedActions,
  },
  {
    what: 'the last image of Python by its tag alone',
    path: 'python-worker',
    layer: 'container-python',
    files: ['Dockerfile'],
    edit: replaced(/(distroless\/\S+)@sha256:[0-9a-f]{64}/, '$1'),
    found: 'images are pinned by digest',
  },
  {
    what: 'no USER for Python',
    path: 'python-worker',
    layer: 'container-python',
    files: ['Dockerfile'],
    edit: without(/^USER /),
    found: 'the image does not run as root',
  },
  {
    what: 'sudo in the Dockerfile',
    layer: 'container-node',
    files: ['Dockerfile'],
    edit: replaced(/^RUN /m, 'RUN sudo '),
    found: 'dockerfilelint finds nothing',
  },
  {
    path: 'go-http-service',
    what: 'a base image by its tag alone',
    layer: 'container-go',
    files: ['Dockerfile'],
    edit: replaced(/@sha256:[0-9a-f]{64}/, ''),
    found: 'images are pinned by digest',
  },
  {
    path: 'go-http-service',
    what: 'USER root',
    layer: 'container-go',
    files: ['Dockerfile'],
    edit: replaced(/^USER .*$/m, 'USER root'),
    found: 'the image does not run as root',
  },
  {
    what: 'a contract of no version there is',
    layer: 'http-api',
    files: ['openapi.yaml'],
    edit: replaced('openapi: 3.1.0', 'openapi: 3.9.0'),
    found: 'the contract after its specification',
  },
  {
    what: 'an endpoint without objectives',
    layer: 'http-api',
    files: ['openapi.yaml'],
    edit: replaced(
      /^( {2})\/v1\/greetings\/\{name\}:\n/m,
      '  /v1/farewells:\n    get:\n      operationId: getFarewell\n      responses:\n        "200": { description: Fine }\n$&',
    ),
    found: 'objectives for each endpoint, and for no other',
  },
  {
    what: 'runAsNonRoot taken out',
    layer: 'kubernetes',
    files: [deployment],
    edit: without(/runAsNonRoot/),
    found: notRoot,
  },
  {
    what: 'runAsUser 0',
    layer: 'kubernetes',
    files: [deployment],
    edit: replaced(/runAsUser: \d+/, 'runAsUser: 0'),
    found: notRoot,
  },
  {
    what: 'no memory limit',
    layer: 'kubernetes',
    files: [deployment, 'score.yaml'],
    edit: withoutBlock('limits'),
    found: memory,
  },
  {
    what: 'no requests',
    layer: 'kubernetes',
    files: [deployment, 'score.yaml'],
    edit: withoutBlock('requests'),
    found: memory,
  },
  {
    what: 'default-deny taken out',
    layer: 'kubernetes',
    files: [policy],
    edit: text => text.slice(text.indexOf('---') + 4),
    found: denied,
  },
  {
    what: 'default-deny for what comes in alone',
    layer: 'kubernetes',
    files: [policy],
    edit: replaced('policyTypes: [Ingress, Egress]', 'policyTypes: [Ingress]'),
    found: denied,
  },
  {
    what: 'default-deny that lets everything out',
    layer: 'kubernetes',
    files: [policy],
    edit: replaced(
      'policyTypes: [Ingress, Egress]',
      'policyTypes: [Ingress, Egress]\n  egress:\n    - {}',
    ),
    found: denied,
  },
  {
    what: 'a way out to the whole Internet',
    layer: 'kubernetes',
    files: [policy],
    edit: replaced(
      /\n {2}egress:\n/,
      '\n  egress:\n    - to:\n        - ipBlock:\n            cidr: 0.0.0.0/0\n      ports:\n        - port: 443\n',
    ),
    found: 'what is allowed names peers and ports',
  },
  ...['startupProbe', 'livenessProbe', 'readinessProbe'].map(probe => ({
    what: `no ${probe}`,
    layer: 'kubernetes',
    files: [deployment],
    edit: withoutBlock(probe),
    found: probes,
  })),
  {
    what: 'a root file system that can be written',
    layer: 'kubernetes',
    files: [deployment],
    edit: replaced(
      'readOnlyRootFilesystem: true',
      'readOnlyRootFilesystem: false',
    ),
    found: 'the root file system is read-only',
  },
  {
    what: 'capabilities kept',
    layer: 'kubernetes',
    files: [deployment],
    edit: withoutBlock('capabilities'),
    found: privileges,
  },
  {
    what: 'privileges that may escalate',
    layer: 'kubernetes',
    files: [deployment],
    edit: without(/allowPrivilegeEscalation/),
    found: privileges,
  },
  {
    what: 'no seccomp profile',
    layer: 'kubernetes',
    files: [deployment],
    edit: withoutBlock('seccompProfile'),
    found: 'pods have the seccomp profile of the runtime',
  },
  {
    what: 'a token of the cluster in the pod',
    layer: 'kubernetes',
    files: [deployment],
    edit: without(/automountServiceAccountToken/),
    found: 'no token of the cluster in a pod',
  },
  {
    what: 'the image :latest',
    layer: 'kubernetes',
    files: [deployment],
    edit: replaced(/^( +image: .*)$/m, '$1:latest'),
    found: 'no image is whatever is latest',
  },
  {
    what: 'a namespace for privileged pods',
    layer: 'kubernetes',
    files: ['deploy/overlays/production/namespace.yaml'],
    edit: replaced('enforce: restricted', 'enforce: privileged'),
    found: 'the namespace takes restricted pods only',
  },
  {
    what: 'a field that Kubernetes does not know',
    layer: 'kubernetes',
    files: [deployment],
    edit: replaced('revisionHistoryLimit', 'revisionHistoryLimits'),
    found: 'manifests after the schemas of Kubernetes',
  },
  {
    what: 'an autoscaler for one instance',
    layer: 'kubernetes',
    files: ['deploy/base/horizontal-pod-autoscaler.yaml'],
    edit: replaced('minReplicas: 2', 'minReplicas: 1'),
    found: 'more than one instance, and not all of them away at once',
  },
  {
    what: 'a Service that selects nothing',
    layer: 'kubernetes',
    files: ['deploy/base/service.yaml'],
    edit: replaced(
      /selector:\n {4}app\.kubernetes\.io\/name: \S+ .*$/m,
      'selector:\n    app.kubernetes.io/name: nothing',
    ),
    found: 'selectors find what they are for',
  },
  {
    what: 'a pod that is killed while it stops',
    layer: 'kubernetes',
    files: [deployment],
    edit: replaced(
      /terminationGracePeriodSeconds: \d+/,
      'terminationGracePeriodSeconds: 10',
    ),
    found: 'settings fit the pod',
  },
  {
    what: 'production with the secrets of staging',
    layer: 'kubernetes',
    files: ['deploy/overlays/production/kustomization.yaml'],
    edit: replaced(/(vaultPath \}\})\/production/, '$1/staging'),
    found: 'each environment has secrets of its own',
  },
  {
    what: 'production that watches staging',
    layer: 'kubernetes',
    files: ['deploy/overlays/production/kustomization.yaml'],
    edit: text => text.replaceAll('-production"}', '-staging"}'),
    found: 'each environment watches itself',
  },
  {
    what: 'a Score file of no version there is',
    layer: 'kubernetes',
    files: ['score.yaml'],
    edit: replaced('score.dev/v1b1', 'score.dev/v1'),
    found: 'score.yaml after the specification',
  },
  {
    what: 'a Score file with another size',
    layer: 'kubernetes',
    files: ['score.yaml'],
    edit: replaced('cpu: 50m', 'cpu: 500m'),
    found: 'score.yaml says what the manifests say',
  },
  {
    what: 'OpenSLO without the address of its data',
    layer: 'observability',
    files: ['slo/service.yaml'],
    edit: withoutBlock('connectionDetails'),
    found: 'objectives after the OpenSLO specification',
  },
  {
    what: 'objectives of a data source that is not there',
    layer: 'observability',
    files: ['slo/service.yaml'],
    edit: replaced('name: prometheus', 'name: thanos'),
    found: 'objectives name services and data sources that are there',
  },
  {
    what: 'a dashboard of a metric that nobody exports',
    layer: 'observability',
    files: ['deploy/observability/dashboard.json'],
    edit: replaced(/http_server_request_duration_count/, 'http_requests_total'),
    found: 'every query asks for metrics the service exports',
    // What the service exports is known once it ran
    needsService: true,
  },
  {
    what: 'a dashboard with a variable it does not have',
    layer: 'observability',
    files: ['deploy/observability/dashboard.json'],
    edit: replaced('job="$job",', 'job="$service",'),
    found: 'the dashboard is whole',
  },
  {
    what: 'an alert that the runbook does not know',
    layer: 'observability',
    files: ['deploy/observability/alerts.yaml'],
    edit: replaced('alert: SlowResponses', 'alert: SlowAnswers'),
    found: 'every alert has its place in the runbook',
  },
  {
    what: 'no alerts about messages',
    layer: 'observability',
    path: 'python-worker',
    files: ['deploy/observability/alerts.yaml'],
    edit: replaced("signals == 'messaging'", "signals == 'nothing'"),
    found: 'every alert has its place in the runbook',
  },
  {
    what: 'a dead link',
    layer: 'docs',
    files: ['docs/deployment.md'],
    edit: appended('\nSee [the rest](nowhere.md).\n'),
    found: 'links in the pages lead somewhere',
  },
  {
    what: 'a page that is not in the navigation',
    layer: 'docs',
    files: ['mkdocs.yml'],
    edit: without(/settings\.md/),
    found: 'mkdocs.yml has every page and no other',
  },
  {
    what: 'a command that is not there',
    layer: 'docs',
    files: ['README.md'],
    edit: appended('\n```sh\nci/deploy\n```\n'),
    found: 'what the pages tell to type is there',
  },
  {
    what: 'another description',
    layer: 'docs',
    files: ['mkdocs.yml'],
    edit: replaced(/^site_description: .*$/m, 'site_description: A service'),
    found: 'the description lands word for word',
  },
  {
    what: 'braces that nobody renders',
    layer: 'docs',
    files: ['docs/deployment.md'],
    edit: appended('\n{% raw %}${{ values.name }}{% endraw %}\n'),
    found: 'no template braces left over',
  },
  {
    what: 'an entity without a type',
    layer: 'catalog',
    files: ['catalog-info.yaml'],
    edit: replaced('  type: ${{ values.service.type }}\n', ''),
    found: 'entities after the schemas of the catalog',
  },
  {
    what: 'an entity that nothing relates to',
    layer: 'catalog',
    files: ['catalog-info.yaml'],
    edit: replaced('  dependsOn:', '  dependencyOf:'),
    found: 'a component with an API, what it needs, and a system',
  },
  {
    what: 'a component without its version',
    layer: 'catalog',
    files: ['catalog-info.yaml'],
    edit: without(/golden-path-version/),
    found: 'annotations for the cards of the service page',
  },
  {
    what: 'no owners of the code',
    layer: 'ownership',
    files: ['CODEOWNERS'],
    edit: gone,
    found: 'holds what the path promises',
  },
  {
    what: 'an application of the project that may do everything',
    layer: 'gitops',
    files: ['apps/${{ values.name }}/staging/application.yaml'],
    edit: replaced(/project: .*$/m, 'project: default'),
    found: 'Argo CD is told what to run where',
    needsRun: true,
  },
  {
    what: 'a project that may do everything in the cluster',
    layer: 'gitops',
    files: ['apps/${{ values.name }}/project.yaml'],
    edit: replaced(
      /clusterResourceWhitelist:\n/,
      "clusterResourceWhitelist:\n    - { group: '*', kind: '*' }\n",
    ),
    found: 'Argo CD is told what to run where',
    needsRun: true,
  },
  {
    what: 'production that runs the image :latest',
    layer: 'gitops',
    files: ['apps/${{ values.name }}/production/kustomization.yaml'],
    edit: replaced(/newTag: .*$/m, 'newTag: latest'),
    found: 'Argo CD is told what to run where',
    // The repository that Argo CD reads is written by runs alone
    needsRun: true,
  },
];
