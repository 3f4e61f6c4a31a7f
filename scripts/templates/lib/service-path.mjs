const owner = 'group:default/ticketing';
const system = 'system:default/ticket-sales';

/** A line that breaks what is not quoted. */
export const awkwardDescription =
  'It\'s "quoted": ${{ values.name }}, {{ .Values }}, {% raw %}, {# no #}, \\n, $(id), <b>&amp;</b>, *a* | [b](c) `d` # ✓ 🦊 日本';

/** Answers that every path for a new service refuses, and the field to blame. */
const refused = [
  { field: 'name', value: '' },
  { field: 'name', value: 'Orders' },
  { field: 'name', value: '../x' },
  { field: 'name', value: 'a'.repeat(64) },
  { field: 'name', value: 'two--hyphens' },
  { field: 'name', value: undefined },
  { field: 'owner', value: undefined },
  { field: 'description', value: undefined },
  { field: 'description', value: '' },
  { field: 'description', value: '   ' },
  { field: 'description', value: 'two\nlines' },
  { field: 'description', value: 'a'.repeat(201) },
  { field: 'owner', value: 'group:default/nobody-knows-them' },
  { field: 'system', value: 'system:default/nobody-knows-it' },
  { field: 'lifecycle', value: 'someday' },
  { field: 'pagerdutyServiceId', value: 'not an id' },
  { field: 'sytem', value: system },
];

/** What every service of every path holds. */
const promised = [
  '.dockerignore',
  '.github/actions/setup/action.yaml',
  '.github/workflows/ci.yaml',
  '.waymark/golden-path.yaml',
  'CODEOWNERS',
  'Dockerfile',
  'README.md',
  'catalog-info.yaml',
  'ci/build',
  'ci/event',
  'ci/image',
  'ci/install',
  'ci/lint',
  'ci/report',
  'ci/report-event.mjs',
  'ci/report-facts.mjs',
  'ci/sbom',
  'ci/scan',
  'ci/sign',
  'ci/start',
  'ci/test',
  'deploy/base/external-secret.yaml',
  'deploy/observability/alerts.yaml',
  'deploy/observability/dashboard.json',
  'deploy/observability/service-monitor.yaml',
  'deploy/overlays/production/kustomization.yaml',
  'deploy/overlays/staging/kustomization.yaml',
  'deploy/vault/policy.hcl',
  'docs/index.md',
  'mkdocs.yml',
  'renovate.json',
  'score.yaml',
  'slo/service.yaml',
];

/** Where every service says what it does. */
const descriptions = files => ({
  'catalog-info.yaml': files.yaml('catalog-info.yaml')[0].metadata.description,
  'mkdocs.yml': files.yaml('mkdocs.yml')[0].site_description,
  'slo/service.yaml': files.yaml('slo/service.yaml')[0].spec.description,
});

/** With what each path is tried; names are of one portal. */
function matrixOf(example) {
  return [
    {
      title: 'plain answers',
      values: {
        name: example,
        owner,
        system,
        description: 'Knows which seats of a train are taken.',
      },
      snapshot: true,
      project: true,
    },
    {
      title: 'a description made to break something',
      values: {
        name: `${example}-awkward`,
        owner,
        system,
        description: awkwardDescription,
      },
    },
    {
      title: 'no system and the longest name',
      values: {
        name: `${example}-${'has-a-name-as-long-as-a-name-may-be-in-here'}`
          .padEnd(50, '1')
          .slice(0, 50)
          .replace(/-$/, '1'),
        owner,
        description: 'Short.',
        lifecycle: 'production',
        pagerdutyServiceId: 'PK3J9QA',
      },
    },
  ];
}

/** The operations of a contract in OpenAPI that are the service's own. */
function httpEndpoints({ contract, metricRoute }) {
  return files => {
    const [{ paths }] = files.yaml(contract);
    return Object.entries(paths).flatMap(([route, operations]) =>
      Object.entries(operations)
        .filter(([, operation]) => !operation.tags?.includes('platform'))
        .map(([method]) => `${method.toUpperCase()} ${metricRoute(route)}`),
    );
  };
}

function httpEndpointOf(query) {
  const label = key => new RegExp(`\\b${key}="([^"]*)"`).exec(query)?.[1];
  return `${label('http_request_method')} ${label('http_route')}`;
}

/**
 * A path that makes a service: what all of them have in common, and what this
 * one adds to it. docs/authoring-templates.md lists what a path may say.
 */
export function servicePath(path) {
  const {
    contract = 'openapi.yaml',
    metricRoute = route => route.replaceAll(/\{(\w+)\}/g, ':$1'),
  } = path;
  return {
    signals: 'http',
    contract,
    endpoints: httpEndpoints({ contract, metricRoute }),
    endpointOf: httpEndpointOf,
    toolchains: {},
    ...path,
    template: `template:default/${path.name}`,
    matrix: [...matrixOf(path.example), ...(path.matrix ?? [])],
    refused: [...refused, ...(path.refused ?? [])],
    promised: [...promised, contract, ...(path.promised ?? [])],
    descriptions: files => ({
      ...descriptions(files),
      ...path.descriptions?.(files),
    }),
    project: {
      stages: ['ci/lint', 'ci/test', 'ci/build'],
      reports: ['coverage/lcov.info', 'reports/junit.xml'],
      minimumCoverage: 80,
      env: {},
      example: { path: '/healthz' },
      isWork: line => line.req ?? line.res,
      ...path.project,
    },
  };
}
