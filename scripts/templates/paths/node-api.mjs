const owner = 'group:default/ticketing';

/** The golden path `templates/node-api`: with what it is tried, what it must hold. */
export const path = {
  name: 'node-api',
  template: 'template:default/node-api',

  matrix: [
    {
      title: 'plain answers',
      values: {
        name: 'seat-maps',
        owner,
        system: 'system:default/ticket-sales',
        description: 'Knows which seats of a train are taken.',
      },
      snapshot: true,
      project: true,
    },
    {
      // Its own pipeline runs in packages/app/e2e-tests/golden-paths
      title: 'a description made to break something',
      values: {
        name: 'awkward-words',
        owner,
        system: 'system:default/ticket-sales',
        description:
          'It\'s "quoted": ${{ values.name }}, {{ .Values }}, {% raw %}, {# no #}, \\n, $(id), <b>&amp;</b>, *a* | [b](c) `d` # ✓ 🦊 日本',
      },
    },
    {
      title: 'no system and the longest name',
      values: {
        name: 'a-service-whose-name-is-as-long-as-a-name-may-be-1',
        owner,
        description: 'Short.',
        lifecycle: 'production',
        pagerdutyServiceId: 'PK3J9QA',
      },
    },
  ],

  /** Answers that must be refused before anything is made, and the field to blame. */
  refused: [
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
    { field: 'sytem', value: 'system:default/ticket-sales' },
  ],

  promised: [
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
    'deploy/argocd/production.yaml',
    'deploy/argocd/staging.yaml',
    'deploy/base/external-secret.yaml',
    'deploy/observability/alerts.yaml',
    'deploy/observability/dashboard.json',
    'deploy/observability/service-monitor.yaml',
    'deploy/overlays/production/kustomization.yaml',
    'deploy/overlays/staging/kustomization.yaml',
    'deploy/vault/policy.hcl',
    'docs/index.md',
    'mkdocs.yml',
    'openapi.yaml',
    'package-lock.json',
    'renovate.json',
    'score.yaml',
    'slo/get-greeting.yaml',
    'slo/service.yaml',
  ],

  /** How the contract writes a route, and how the metrics do. */
  metricRoute: route => route.replaceAll(/\{(\w+)\}/g, ':$1'),

  project: {
    install: ['ci/install', []],
    stages: ['ci/lint', 'ci/test', 'ci/build', 'ci/report'],
    reports: [
      'coverage/lcov.info',
      'coverage/coverage-summary.json',
      'coverage/cobertura-coverage.xml',
      'reports/junit.xml',
    ],
    minimumCoverage: 80,
    start: ['ci/start', []],
    example: {
      path: '/v1/greetings/Ada',
      answer: { message: 'Hello, Ada!', language: 'en' },
    },
  },
};
