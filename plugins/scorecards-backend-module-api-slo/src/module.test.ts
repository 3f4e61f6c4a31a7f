import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { FactCollector } from '@waymark/plugin-scorecards-node';
import {
  collectAll,
  startCollectors,
  startGithub,
  type Github,
} from '@waymark/backend-test-support';
import apiSlo from '.';
import { endpointsWithoutObjective } from './endpointsWithoutObjective';
import { readEndpoints } from './contracts/readEndpoints';
import { readObjectives } from './openslo/readObjectives';
import { targetsOfQuery } from './openslo/targetsOfQuery';
import { shortenList } from './shortenList';

const slo = (name: string, query: string, more = '') => `apiVersion: openslo/v1
kind: SLO
metadata:
  name: ${name}
spec:
  service: fares
  indicator:
    metadata: { name: ${name} }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: 'x' } } }
        total: { metricSource: { type: Prometheus, spec: { query: '${query}' } } }
  objectives: [{ target: 0.99 }]
${more}`;

const openapi = (definition: string) =>
  readEndpoints({ type: 'openapi', definition });
const grpc = (definition: string) =>
  readEndpoints({ type: 'grpc', definition });
const asyncapi = (definition: string) =>
  readEndpoints({ type: 'asyncapi', definition });

const api = (name: string, definition: string, type = 'openapi'): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name },
  spec: { type, definition },
  relations: [
    { type: 'apiProvidedBy', targetRef: 'component:default/fares' },
    { type: 'ownedBy', targetRef: 'group:default/ticketing' },
  ],
});

describe('endpoints and objectives of a component', () => {
  const state = new Map<string, string>();
  const refreshed: unknown[] = [];
  const fares = api(
    'fares',
    `openapi: 3.1.0
paths:
  /v1/fares/{id}: { get: {}, delete: {} }
  /v1/orders: { post: {} }
  /healthz: { get: { tags: [platform] } }
`,
  );
  let github: Github;
  let backend: Awaited<ReturnType<typeof startCollectors>>;
  let collector: FactCollector;
  let entities: { [name: string]: Entity };

  beforeAll(async () => {
    github = await startGithub({
      organization: {
        login: 'kestrelvale-rail',
        repositories: [
          {
            name: 'fares',
            files: {
              'slo/fares.yaml': slo(
                'fares',
                'sum(rate(requests{http_request_method="GET",http_route="/v1/fares/:id"}[5m]))',
              ),
              'src/broken.yaml': 'apiVersion: openslo/v1\n- nonsense',
            },
          },
          {
            name: 'calls',
            files: {
              'slo/get.yaml': slo(
                'get',
                'sum(rpc_server_duration_count{rpc_service="fares.v1.Fares",rpc_method="Get"})',
              ),
            },
          },
          {
            name: 'broken',
            files: { 'slo.yaml': 'apiVersion: openslo/v1\nkind: SLO\nspec: [' },
          },
        ],
      },
    });
    const component = (
      name: string,
      options: { apis?: string[]; location?: string } = {},
    ): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        annotations: {
          'backstage.io/managed-by-location':
            options.location ??
            `url:${github.url}/kestrelvale-rail/${name}/tree/main/`,
        },
      },
      relations: (options.apis ?? [name]).map(apiName => ({
        type: 'providesApi',
        targetRef: `api:default/${apiName}`,
      })),
    });
    entities = {
      fares: component('fares'),
      broken: component('broken', { apis: ['fares'] }),
      missing: component('missing', { apis: ['fares'] }),
      dangling: component('dangling', { apis: ['nowhere'] }),
      nonsense: component('nonsense'),
      graphql: component('graphql'),
      calls: component('calls'),
      sample: component('sample', {
        apis: ['fares'],
        location: 'file:/srv/catalog-info.yaml',
      }),
    };
    backend = await startCollectors({
      features: [
        apiSlo,
        urlReaderServiceFactory,
        catalogServiceMock.factory({
          entities: [
            fares,
            api('nonsense', 'swagger: [1'),
            api('graphql', 'type Query { fares: [Fare] }', 'graphql'),
            api(
              'calls',
              'package fares.v1; service Fares { rpc Get(A) returns (B); rpc List(A) returns (stream B) {} }',
              'grpc',
            ),
          ],
        }),
      ],
      config: {
        integrations: {
          github: [
            {
              host: github.host,
              apiBaseUrl: github.apiUrl,
              token: github.token,
            },
          ],
        },
      },
    });
    [collector] = backend.collectors;
    await collector.start?.({
      refresh: async options => {
        refreshed.push(options);
      },
      refreshByAnnotation: async options => {
        refreshed.push(options);
      },
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await github?.stop();
  });

  async function collect(...names: string[]) {
    const found = await collectAll(
      collector,
      names.map(name => entities[name]),
      { states: state },
    );
    for (const result of found) {
      if ('facts' in result && result.state) {
        state.set(result.entityRef, result.state);
      }
    }
    return found;
  }

  it('says which endpoints have none, and reads again only what has changed', async () => {
    const source = `${github.url}/kestrelvale-rail/fares/tree/main/`;
    const facts = (
      endpoints: number,
      without: string[],
      objectives: number,
    ) => [
      expect.objectContaining({
        facts: [
          { name: 'slo.endpoints', value: endpoints, source },
          { name: 'slo.endpointsWithoutSlo', value: without, source },
          { name: 'slo.objectives', value: objectives, source },
        ],
      }),
    ];
    expect(await collect('fares')).toEqual(
      facts(3, ['DELETE /v1/fares/{id}', 'POST /v1/orders'], 1),
    );
    expect(await collect('fares')).toEqual([
      { entityRef: 'component:default/fares', unchanged: true },
    ]);

    // The API alone
    fares.spec!.definition = JSON.stringify({
      swagger: '2.0',
      paths: { '/v1/fares/{fare}': { get: {} }, '/v1/orders': { post: {} } },
    });
    expect(await collect('fares')).toEqual(facts(2, ['POST /v1/orders'], 1));

    // The repository alone
    const response = await fetch(
      `${github.apiUrl}/repos/kestrelvale-rail/fares/contents/ops/orders.slo.yaml`,
      {
        method: 'PUT',
        headers: { authorization: `token ${github.token}` },
        body: JSON.stringify({
          message: 'Promise something',
          content: Buffer.from(
            slo('orders', 'x{method="POST", route="/v1/orders"}'),
          ).toString('base64'),
        }),
      },
    );
    expect(response.status).toBe(201);
    expect(await collect('fares')).toEqual(facts(2, [], 2));
  });

  it('says which methods of a contract for gRPC have none', async () => {
    expect(await collect('calls')).toEqual([
      expect.objectContaining({
        facts: [
          expect.objectContaining({ name: 'slo.endpoints', value: 2 }),
          expect.objectContaining({
            name: 'slo.endpointsWithoutSlo',
            value: ['fares.v1.Fares/List'],
          }),
          expect.objectContaining({ name: 'slo.objectives', value: 1 }),
        ],
      }),
    ]);
  });

  it('knows nothing without a definition that it reads or a repository', async () => {
    expect(await collect('graphql', 'sample')).toEqual([
      { entityRef: 'component:default/graphql', facts: [] },
      { entityRef: 'component:default/sample', facts: [] },
    ]);
  });

  it('says of each component why it could not be looked at', async () => {
    const found = await collect('broken', 'missing', 'dangling', 'nonsense');
    expect(
      found.map(result => ('error' in result ? result.error.message : result)),
    ).toEqual([
      expect.stringMatching(/^slo\.yaml: /),
      expect.stringMatching(/missing.*(404|not found)/i),
      'api:default/nowhere, which it provides, is not in the catalog',
      expect.stringMatching(
        /^The definition of api:default\/nonsense cannot be read.*line 1/,
      ),
    ]);
  });

  it('has components looked at when their API changes', async () => {
    const [result] = await collectAll(collector, [fares]);
    expect(result).toMatchObject({ facts: [], state: expect.any(String) });
    expect(refreshed).toEqual([{ entityRefs: ['component:default/fares'] }]);
    const states = new Map([
      ['api:default/fares', 'state' in result ? result.state! : ''],
    ]);
    await collectAll(collector, [fares], { states });
    expect(refreshed).toHaveLength(1);
  });
});

describe('what counts', () => {
  it.each([
    {
      path: 'layers/http-api/content',
      type: 'openapi',
      contract: 'openapi.yaml',
      files: ['slo/get-greeting.yaml'],
    },
    {
      path: 'grpc-service/skeleton',
      type: 'grpc',
      contract: 'proto/greetings/v1/greetings.proto',
      files: ['slo/get-greeting.yaml', 'slo/list-greetings.yaml'],
    },
    {
      path: 'python-worker/skeleton',
      type: 'asyncapi',
      contract: 'asyncapi.yaml',
      files: ['slo/process-messages.yaml'],
    },
  ])(
    'holds for what golden paths generate from $path',
    ({ path: name, ...golden }) => {
      const skeleton = resolvePackagePath(
        '@waymark/plugin-scorecards-backend-module-api-slo',
        `../../templates/${name}`,
      );
      // What the scaffolder would fill in is of no interest here
      const read = (path: string) => ({
        path,
        text: readFileSync(resolve(skeleton, path), 'utf8').replace(
          /\$\{\{.*?\}\}/g,
          'name',
        ),
      });
      const endpoints = readEndpoints({
        type: golden.type,
        definition: read(golden.contract).text,
      });
      const objectives = readObjectives(golden.files.map(read));
      expect(endpoints).toHaveLength(golden.files.length);
      expect(objectives.count).toBe(2 * golden.files.length);
      expect(endpointsWithoutObjective(endpoints, objectives.targets)).toEqual(
        [],
      );
    },
  );

  it('finds endpoints below servers, behind references, and not those of the platform', () => {
    expect(
      openapi(`openapi: 3.1.0
servers: [{ url: 'https://fares.example/api/' }, { url: / }, { url: /v2 }]
paths:
  /fares: { $ref: '#/components/pathItems/fares' }
  /metrics: { get: { tags: [platform] }, summary: For Prometheus }
components: { pathItems: { fares: { get: {}, parameters: [] } } }
`),
    ).toEqual([
      {
        name: 'GET /fares',
        method: 'GET',
        routes: ['/fares', '/api/fares', '/v2/fares'],
      },
    ]);
  });

  it.each([
    ['', /Invalid input/],
    ['a: 1', /neither "openapi" nor "swagger"/],
    ['{"openapi": ', /JSON/],
    ['openapi: 3.1.0\npaths: 7', /^paths: /],
    ['openapi: 3.1.0\npaths: { /a: { $ref: "#/b" } }', /#\/b is not in/],
    ['x'.repeat(2_000_001), /more than 2,000,000 characters/],
    [
      JSON.stringify({
        openapi: '3.1.0',
        paths: Object.fromEntries(
          Array.from({ length: 2_001 }, (_, index) => [
            `/${index}`,
            { get: {} },
          ]),
        ),
      }),
      /more than 2000 endpoints/,
    ],
  ])('refuses bad definition %#', (definition, message) => {
    expect(() => openapi(definition)).toThrow(message);
  });

  it('finds the methods of services, whatever else a file has', () => {
    const names = grpc(`edition = "2023"; // rpc Comment(A) returns (B);
/* service Comment { rpc No(A) returns (B); } */
package fares.v1;
option (text) = { value: "} rpc String(A) returns (B); {" };
message rpc { string rpc = 1; string service = 2; message service { int32 a = 1; } }
service FareService {
  option deprecated = true;
  rpc GetFare(GetFareRequest) returns (Fare) { option idempotency_level = NO_SIDE_EFFECTS; }
  rpc rpc ( stream fares.v1.A )
    returns (stream B);
}
service Other { rpc Do(A) returns (B) {} }
`).map(({ name }) => name);
    expect(names).toEqual([
      'fares.v1.FareService/GetFare',
      'fares.v1.FareService/rpc',
      'fares.v1.Other/Do',
    ]);
    expect(grpc('service Plain { rpc Do(A) returns (B); }')[0].name).toBe(
      'Plain/Do',
    );
    expect(
      grpc(
        'package grpc.health.v1; service Health { rpc Check(A) returns (B); }',
      ),
    ).toEqual([]);
  });

  it.each([
    ['', /no file in Protocol Buffers/],
    ['openapi: 3.1.0', /no file in Protocol Buffers/],
    ['service A {\n rpc B(C) returns (D) {', /line 1: "{" is not ended/],
    ['package a;\n}', /line 2: "}" ends nothing/],
    ['/*'.repeat(900_000), /no file in Protocol Buffers/],
  ])('refuses bad file of Protocol Buffers %#', (definition, message) => {
    expect(() => grpc(definition)).toThrow(message);
  });

  it('finds what is received and sent, in AsyncAPI 2 and 3', () => {
    const version3 = asyncapi(`asyncapi: 3.0.0
channels:
  orders: { address: shop.orders }
  dead: { address: null }
  'orders/{id}~1 paid': {}
operations:
  take: { action: receive, channel: { $ref: '#/channels/orders' } }
  hand: { action: send, channel: { $ref: '#/channels/orders' }, tags: [{ name: shop }] }
  bury: { action: send, channel: { $ref: '#/channels/dead' }, tags: [{ name: platform }] }
  tell: { action: send, channel: { $ref: '#/channels/dead' } }
  paid: { action: send, channel: { $ref: '#/channels/orders~1%7Bid%7D~01%20paid' } }
`);
    expect(version3.map(({ name }) => name)).toEqual([
      'RECEIVE shop.orders',
      'SEND shop.orders',
      'SEND dead',
      'SEND orders/{id}~1 paid',
    ]);
    expect(
      asyncapi(
        'asyncapi: 2.6.0\nchannels: { orders: { publish: {}, subscribe: {} } }',
      ).map(({ name }) => name),
    ).toEqual(['RECEIVE orders', 'SEND orders']);

    const without = (query: string) =>
      endpointsWithoutObjective(version3, targetsOfQuery(query)).map(
        ({ name }) => name,
      );
    const channel = 'messaging_destination_name="shop.orders"';
    expect(without(`x{${channel},messaging_operation_name="process"}`)).toEqual(
      ['SEND shop.orders', 'SEND dead', 'SEND orders/{id}~1 paid'],
    );
    expect(without(`x{${channel},messaging_operation_type="send"}`)).toEqual([
      'RECEIVE shop.orders',
      'SEND dead',
      'SEND orders/{id}~1 paid',
    ]);
    expect(without(`x{${channel}}`)).toEqual([
      'SEND dead',
      'SEND orders/{id}~1 paid',
    ]);
  });

  it.each([
    ['a: 1', /^asyncapi: /],
    ['asyncapi: 1.2.0', /^asyncapi: /],
    ['[', /at line 1/],
    [
      'asyncapi: 3.0.0\noperations: { a: { action: wait, channel: {} } }',
      /^operations.a.action: /,
    ],
    [
      "asyncapi: 3.0.0\noperations: { a: { action: send, channel: { $ref: '#/channels/toString' } } }",
      /^operations.a: .* is not in the definition/,
    ],
    [
      "asyncapi: 3.0.0\noperations: { a: { action: send, channel: { $ref: '#/channels/%' } } }",
      /^operations.a: .* is not in the definition/,
    ],
  ])('refuses bad AsyncAPI %#', (definition, message) => {
    expect(() => asyncapi(definition)).toThrow(message);
  });

  it('matches calls by their service and method, or by all of a service', () => {
    const endpoints = grpc(
      'package a.v1; service S { rpc One(A) returns (B); rpc Two(A) returns (B); }',
    );
    const without = (query: string) =>
      endpointsWithoutObjective(endpoints, targetsOfQuery(query)).map(
        ({ name }) => name,
      );
    expect(without('x{rpc_service="a.v1.S",rpc_method="One"}')).toEqual([
      'a.v1.S/Two',
    ]);
    expect(without('x{grpc_service="a.v1.S",grpc_method=~"One|Two"}')).toEqual(
      [],
    );
    expect(without('x{rpc_service="a.v1.S"}')).toEqual([]);
    expect(without('x{rpc_method="a.v1.S/Two"}')).toEqual(['a.v1.S/One']);
    expect(without('x{rpc_method="One"}')).toHaveLength(2);
    expect(without('x{rpc_service="b.v1.S",rpc_method="One"}')).toHaveLength(2);
  });

  it.each([
    [
      'sum(rate(x{a="}",http_request_method="GET",http_route="/a"}[5m])) / y{route="/b"}',
      ['GET /a', 'undefined /b'],
    ],
    [
      'x{http_request_method=~"GET|HEAD", http_route=~"/a/:id|/b"}',
      ['GET /a/:id', 'HEAD /a/:id', 'GET /b', 'HEAD /b'],
    ],
    ['x{http_route=~"/a/.*"}', []],
    ['x{http_route!="/a"}', []],
    ['{"http.server.duration", http_route="/a"}', ['undefined /a']],
    ['x{job="a"}', []],
  ])('reads the labels of %s', (query, expected) => {
    expect(
      targetsOfQuery(query).map(({ method, route }) => `${method} ${route}`),
    ).toEqual(expected);
  });

  it('takes a list, shared indicators and indicators of objectives', () => {
    const text = `
apiVersion: openslo/v1
kind: SLO
metadata: { name: a, annotations: { waymark.dev/endpoints: 'get /a, /b, a.v1.S/One' } }
spec: { indicatorRef: shared, objectives: [{ target: 0.9 }] }
---
apiVersion: openslo/v1
kind: SLI
metadata: { name: shared }
spec: { thresholdMetric: { metricSource: { spec: { promql: 'x{http_route="/c"}' } } } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: b }
spec: { indicatorRef: shared, objectives: [{ target: 0.9 }, { target: 0.99, indicatorRef: nowhere }] }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: promises-nothing }
spec: { indicator: { spec: 'x{http_route="/d"}' } }
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: c }
`;
    expect(
      readObjectives([
        { path: 'slo/a.yaml', text },
        { path: 'slo/values.yaml', text: '{{ not yaml' },
      ]),
    ).toEqual({
      count: 3,
      targets: [
        { method: 'GET', route: '/a' },
        { route: '/b' },
        { route: 'a.v1.S/One' },
        { route: '/c' },
      ],
    });
  });

  it('matches routes whatever their parameters are called', () => {
    const endpoints = openapi(
      'openapi: 3.0.0\nservers: [{ url: /api }]\npaths: { "/a/{id}/b": { get: {} }, "/a:cancel": { post: {} }, "/": { get: {} } }',
    );
    const without = (...targets: { method?: string; route: string }[]) =>
      endpointsWithoutObjective(endpoints, targets).map(({ name }) => name);
    expect(without({ route: '/api/a/:key/b/' }, { route: '/' })).toEqual([
      'POST /a:cancel',
    ]);
    expect(
      without({ method: 'GET', route: '/a/<id>/b' }, { route: '/a:cancel' }),
    ).toEqual(['GET /']);
    expect(without({ method: 'PUT', route: '/a/{id}/b' })).toHaveLength(3);
  });

  it('says how many are left out of a long list', () => {
    const list = Array.from(
      { length: 2_000 },
      (_, index) => `GET /v1/${index}`,
    );
    const short = shortenList([...list, 'GET /v1/0']);
    expect(JSON.stringify(short).length).toBeLessThan(13_000);
    expect(short.at(-1)).toBe(`and ${2_000 - short.length + 1} more`);
    expect(shortenList(['a', 'b', 'a'])).toEqual(['a', 'b']);
  });
});
