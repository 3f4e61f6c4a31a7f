import { leaveOut } from './parts.mjs';
import { plainAnswers, repositoryPath } from './repository-path.mjs';

/** What every service of every path holds. */
const promised = [
  '.dockerignore',
  '.github/actions/setup/action.yaml',
  '.github/workflows/ci.yaml',
  'CODEOWNERS',
  'Dockerfile',
  'ci/audit',
  'ci/audit-dependencies.mjs',
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
const descriptions = (files, parts) => ({
  ...(parts.has('docs')
    ? { 'mkdocs.yml': files.yaml('mkdocs.yml')[0].site_description }
    : {}),
  ...(parts.has('observability')
    ? {
        'slo/service.yaml': files.yaml('slo/service.yaml')[0].spec.description,
      }
    : {}),
});

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

/** Parts of a service, each of which can be left out. */
export const serviceParts = [
  'container',
  'pipeline',
  'ci',
  'kubernetes',
  'delivery',
  'workload',
  'secrets',
  'observability',
  'ownership',
  'docs',
];

/**
 * A path that makes a service: what all of them have in common, and what this
 * one adds to it. docs/authoring-templates.md lists what a path may say.
 */
export function servicePath(path) {
  const {
    contract = 'openapi.yaml',
    metricRoute = route => route.replaceAll(/\{(\w+)\}/g, ':$1'),
  } = path;
  return repositoryPath({
    signals: 'http',
    contract,
    endpoints: httpEndpoints({ contract, metricRoute }),
    endpointOf: httpEndpointOf,
    parts: serviceParts,
    more: { lifecycle: 'production', pagerdutyServiceId: 'PK3J9QA' },
    ...path,
    matrix: [
      {
        title: 'nothing but the code',
        values: {
          ...plainAnswers(`${path.example}-bare`),
          leftOut: leaveOut(serviceParts),
        },
      },
      ...(path.matrix ?? []),
    ],
    refused: [
      {
        field: 'leftOut',
        value: [{ part: 'engine', reason: 'Nobody needs an engine.' }],
      },
      {
        field: 'leftOut',
        value: [...leaveOut(['secrets']), ...leaveOut(['secrets'])],
      },
      { field: 'leftOut', value: [{ part: 'secrets', reason: 'No.' }] },
      // Manifests of an image that is not made
      { field: 'leftOut', value: leaveOut(['container']) },
      { field: 'lifecycle', value: 'someday' },
      { field: 'pagerdutyServiceId', value: 'not an id' },
      ...(path.refused ?? []),
    ],
    promised: [...promised, contract, ...(path.promised ?? [])],
    descriptions: (files, parts) => ({
      ...descriptions(files, parts),
      ...path.descriptions?.(files, parts),
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
  });
}
