import { eventually } from '../checks/portal.mjs';
import { problemsOfOpenSlo } from '../lib/openslo.mjs';
import { assertNone } from '../lib/reporter.mjs';

const contract = endpoints => {
  const paths = {};
  for (const endpoint of endpoints) {
    const [method, route] = endpoint.split(' ');
    paths[route] = {
      ...paths[route],
      [method.toLowerCase()]: { responses: { 200: { description: 'Fine' } } },
    };
  }
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Orders', version: '1.0.0' },
    paths,
  });
};

const entities = (
  name,
  { annotations = '', type = 'openapi', definition = 'openapi.yaml' } = {},
) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations: { ${annotations} }
spec:
  type: service
  lifecycle: experimental
  owner: group:default/ticketing
  providesApis: [${name}]
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: ${name} }
spec:
  type: ${type}
  lifecycle: experimental
  owner: group:default/ticketing
  definition: { $text: ./${definition} }
`;

const many = [
  'GET /v1/organizations/{organization}/members/{member}/tickets',
  'DELETE /v1/organizations/{organization}/members/{member}/tickets',
  'PATCH /v1/organizations/{organization}/members/{member}/seasons',
  'GET /',
];

/** The path `templates/add-objective`, which changes what is there already. */
export const path = {
  name: 'add-objective',
  template: 'template:default/add-objective',
  /** It proposes a change, and makes no repository. */
  proposes: true,

  /** Each proposed to a repository of its own, by the name of `repository`. */
  matrix: [
    {
      title: 'one endpoint, nothing else said',
      repository: 'old-orders',
      files: {
        'catalog-info.yaml': entities('old-orders'),
        'openapi.yaml': contract(['GET /orders/{orderId}']),
      },
      values: {
        component: 'component:default/old-orders',
        endpoints: ['GET /orders/{orderId}'],
      },
      promised: ['slo/get-orders-orderid.yaml'],
    },
    {
      title: 'many endpoints of a service in a folder, from a golden path',
      repository: 'monorepo',
      files: {
        'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: monorepo }
spec: { targets: [./services/seats/catalog-info.yaml] }
`,
        'services/seats/catalog-info.yaml': entities(
          'seats-of-the-long-distance-trains',
          { annotations: 'waymark.dev/golden-path-version: 1.0.0' },
        ),
        'services/seats/openapi.yaml': contract(many),
      },
      values: {
        component: 'seats-of-the-long-distance-trains',
        endpoints: many,
        target: 99.95,
        window: '28d',
        file: 'members',
      },
      promised: ['services/seats/slo/members.yaml'],
    },
    {
      title: 'methods of gRPC',
      repository: 'old-calls',
      files: {
        'catalog-info.yaml': entities('old-calls', {
          type: 'grpc',
          definition: 'calls.proto',
        }),
        'calls.proto': `package calls.v1;
service CallService {
  rpc GetCall(GetCallRequest) returns (Call);
  rpc ListCalls(ListCallsRequest) returns (stream Call);
}
`,
      },
      values: {
        component: 'component:default/old-calls',
        endpoints: [
          'calls.v1.CallService/GetCall',
          'calls.v1.CallService/ListCalls',
        ],
      },
      promised: [
        'slo/calls-v1-callservice-getcall-calls-v1-callservice-listcalls.yaml',
      ],
    },
  ],

  /** Answers that must be refused before anything is made, and the field to blame. */
  refused: [
    { field: 'component', value: undefined },
    { field: 'component', value: 'old orders' },
    { field: 'component', value: 'group:default/ticketing' },
    { field: 'component', value: 'component:default/nobody-knows-it' },
    // It says of itself that it has no repository
    { field: 'component', value: 'component:default/vehicle-registry' },
    { field: 'endpoints', value: undefined },
    { field: 'endpoints', value: [] },
    { field: 'endpoints', value: ['/orders'] },
    { field: 'endpoints', value: ['get /orders'] },
    { field: 'endpoints', value: ['GET /orders"} or up{a="'] },
    { field: 'endpoints', value: ['calls.v1.CallService/Get"}'] },
    { field: 'endpoints', value: ['GET /orders,GET /tickets'] },
    { field: 'endpoints', value: ['GET /orders', 'GET /orders'] },
    { field: 'target', value: 100 },
    { field: 'target', value: 0 },
    { field: 'target', value: 'high' },
    { field: 'window', value: '5y' },
    { field: 'file', value: '../catalog-info' },
    { field: 'file', value: 'a/b' },
    { field: 'endpoint', value: ['GET /orders'] },
  ],

  async checkRepositories({ matrix, portal, reporter }) {
    for (const { values } of matrix) {
      await reporter.check(`${values.component} has no objective`, () =>
        waitForEndpoints({ portal, values, wanted: values.endpoints }),
      );
    }
  },

  async checkMerged({ answers, files, portal, reporter, run }) {
    const { values, promised } = answers;
    const slos = files.yaml(promised[0]);
    await reporter.check('objectives after the OpenSLO specification', () => {
      const names = slos.map(({ metadata }) => metadata.name);
      const { target = 99.5, window = '30d' } = values;
      assertNone([
        ...slos.flatMap(({ metadata: { annotations, ...metadata }, ...slo }) =>
          problemsOfOpenSlo({ ...slo, metadata }),
        ),
        ...slos
          .filter(
            ({ spec }) =>
              Math.abs(spec.objectives[0].target * 100 - target) > 1e-9 ||
              spec.timeWindow[0].duration !== window,
          )
          .map(({ metadata }) => `${metadata.name} promises something else`),
        ...(new Set(names).size === names.length
          ? []
          : [`two have one name: ${names.join(', ')}`]),
      ]);
      return names.join(', ');
    });

    await reporter.check('its queries name the routes', () => {
      const routes = values.endpoints.map(endpoint => {
        const [method, route] = endpoint.split(' ');
        if (!route) {
          const [service, name] = endpoint.split('/');
          return `rpc_service="${service}",rpc_method="${name}"`;
        }
        return `http_request_method="${method}",http_route="${route.replaceAll(
          /\{(\w+)\}/g,
          ':$1',
        )}"`;
      });
      assertNone(
        slos.flatMap(({ spec }, index) => {
          const { good, total } = spec.indicator.spec.ratioMetric;
          return [good, total]
            .map(({ metricSource }) => metricSource)
            .filter(
              source =>
                !source.spec.query.includes(routes[index]) ||
                source.metricSourceRef !==
                  (values.file ? 'prometheus' : undefined),
            )
            .map(source => JSON.stringify(source));
        }),
      );
    });

    await reporter.check('its endpoints have an objective', () =>
      waitForEndpoints({ portal, values, wanted: [] }),
    );

    await reporter.check('leaves a file alone that is there', async () => {
      const task = await run({ target: 90 });
      const message = task.error?.message ?? '';
      if (
        task.status !== 'failed' ||
        !message.includes(`has a ${promised[0]} already`)
      ) {
        throw new Error(`${task.status}: ${message}`);
      }
    });
  },
};

/** Until the collector has seen what is without an objective. */
async function waitForEndpoints({ portal, values, wanted }) {
  const name = values.component.split('/').at(-1);
  let last;
  const found = await eventually(async () => {
    const response = await portal.fetch(
      `/api/scorecards/facts/component/default/${name}`,
    );
    const { items = [] } = response.ok ? await response.json() : {};
    last = items.find(({ name: fact }) => fact === 'slo.endpointsWithoutSlo');
    return (
      JSON.stringify(last?.value.toSorted()) ===
      JSON.stringify(wanted.toSorted())
    );
    // The catalog is looked at every ten seconds
  }, 60_000);
  if (!found) {
    throw new Error(
      `those without an objective are ${JSON.stringify(last?.value)}`,
    );
  }
}
