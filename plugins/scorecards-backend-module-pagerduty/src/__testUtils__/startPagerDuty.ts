import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/** Who is on call at which level; without a schedule somebody is named directly. */
interface Level {
  schedule?: string;
  /** Ids; none is a gap in the schedule. */
  users: string[];
}

interface Service {
  id: string;
  name: string;
  status: 'active' | 'disabled';
  /** Of its integrations. */
  keys: string[];
  policy: string;
}

/** Instead of the answer; `hang` never answers. */
type Trouble = 'hang' | { status: number; headers?: Record<string, string> };

const TOKEN = 'token-of-a-test';
/** Small, so that tests see several pages. */
const MAX_PAGE = 2;

/**
 * A PagerDuty for tests: services with integrations, escalation policies, and
 * who is on call, at the addresses of its REST API v2. Pages are shorter than
 * asked for, as the API may decide.
 */
export async function startPagerDuty() {
  const services = new Map<string, Service>();
  const policies = new Map<string, Level[]>();
  const troubles: { path: RegExp; trouble: Trouble }[] = [];
  const requests: string[] = [];

  const reference = (type: string, id: string, summary = id) => ({
    id,
    type: `${type}_reference`,
    summary,
    html_url: `https://kestrelvale-rail.example/${type}s/${id}`,
  });

  const show = (service: Service, withIntegrations: boolean) => ({
    ...reference('service', service.id, service.name),
    type: 'service',
    name: service.name,
    status: service.status,
    escalation_policy: reference('escalation_policy', service.policy),
    integrations: service.keys.map(key => ({
      ...reference('integration', `of-${service.id}`),
      ...(withIntegrations && { integration_key: key }),
    })),
  });

  function onCallsOf(wanted: string[]) {
    return [...policies]
      .filter(([id]) => wanted.length === 0 || wanted.includes(id))
      .flatMap(([id, levels]) =>
        levels.flatMap(({ schedule, users }, index) =>
          users.map(user => ({
            escalation_policy: reference('escalation_policy', id),
            escalation_level: index + 1,
            schedule: schedule
              ? reference('schedule', schedule.toLowerCase(), schedule)
              : null,
            user: reference('user', user),
            start: null,
            end: null,
          })),
        ),
      );
  }

  function answer(url: URL): { status: number; body: unknown } {
    const query = url.searchParams;
    const page = (field: string, all: unknown[]) => {
      const offset = Number(query.get('offset') ?? 0);
      const limit = Math.min(Number(query.get('limit') ?? 25), MAX_PAGE);
      return {
        status: 200,
        body: {
          [field]: all.slice(offset, offset + limit),
          limit,
          offset,
          more: offset + limit < all.length,
          total: null,
        },
      };
    };
    const [, collection, id] = url.pathname.split('/');
    const service = services.get(decodeURIComponent(id ?? ''));
    if (collection === 'services' && service) {
      return { status: 200, body: { service: show(service, false) } };
    }
    if (collection === 'services' && !id) {
      const text = query.get('query') ?? '';
      if (text.length > 100) {
        return { status: 400, body: { error: { message: 'Invalid Input' } } };
      }
      return page(
        'services',
        [...services.values()]
          .filter(
            ({ name, keys }) => name.includes(text) || keys.includes(text),
          )
          .map(found =>
            show(found, query.getAll('include[]').includes('integrations')),
          ),
      );
    }
    if (collection === 'oncalls') {
      return page(
        'oncalls',
        onCallsOf(query.getAll('escalation_policy_ids[]')),
      );
    }
    return { status: 404, body: { error: { message: 'Not Found' } } };
  }

  function handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${url.pathname}${url.search}`);
    const index = troubles.findIndex(({ path }) => path.test(url.pathname));
    if (index >= 0) {
      const [{ trouble }] = troubles.splice(index, 1);
      if (trouble !== 'hang') {
        response.writeHead(trouble.status, trouble.headers).end('{}');
      }
      return;
    }
    if (request.headers.authorization !== `Token token=${TOKEN}`) {
      response.writeHead(401).end('{}');
      return;
    }
    const { status, body } = answer(url);
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  }

  const server = createServer(handle);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    /** Paths with their query, oldest first. */
    requests,
    addService(service: Partial<Service> & Pick<Service, 'id'>) {
      services.set(service.id, {
        name: service.id,
        status: 'active',
        keys: [],
        policy: `policy-${service.id}`,
        ...service,
      });
    },
    setPolicy(id: string, ...levels: Level[]) {
      policies.set(id, levels);
    },
    /** Of the next request at such a path. */
    trouble(path: RegExp, trouble: Trouble) {
      troubles.push({ path, trouble });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
}
