import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import { RepositoryHost } from './RepositoryHost';
import { readGoldenPathConfig } from '../config/GoldenPathConfig';
import { RepositoryHosts } from './RepositoryHosts';

const SECRET = 's3cret-s3cret';
const repository = {
  id: 12,
  name: 'shop',
  owner: { login: 'payments' },
  empty: true,
  default_branch: 'main',
  created_at: '2026-01-01T00:00:00+01:00',
};

/** The host that golden paths publish to with this config. */
function publishingHost(data: JsonObject): RepositoryHost {
  const config = mockServices.rootConfig({ data });
  return RepositoryHosts.create({
    integrations: ScmIntegrations.fromConfig(config),
    ...readGoldenPathConfig(config),
  }).publishing();
}

let answer: (req: IncomingMessage, res: ServerResponse) => void;
let seen: IncomingMessage | undefined;
const server = createServer((req, res) => {
  seen = req;
  answer(req, res);
});
let host: RepositoryHost;

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  host = publishingHost({
    integrations: {
      gitea: [
        {
          host: `localhost:${port}`,
          baseUrl: `http://localhost:${port}/git/`,
          password: SECRET,
        },
      ],
    },
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function answerWith(status: number, body: unknown, headers = {}) {
  answer = (_, res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

const address = { organization: 'payments', name: 'shop' };

it('speaks to a Gitea with a token', async () => {
  answerWith(200, repository);
  expect(await host.getRepository({ address })).toEqual({
    id: '12',
    url: expect.stringMatching(/\/git\/payments\/shop$/),
    empty: true,
    createdAt: new Date('2025-12-31T23:00:00Z'),
    defaultBranch: 'main',
    archived: false,
  });
  expect(seen?.url).toBe('/git/api/v1/repos/payments/shop');
  expect(seen?.headers.authorization).toBe(`token ${SECRET}`);

  const remote = await host.gitRemote(address);
  expect(remote.url).toMatch(/\/git\/payments\/shop\.git$/);
  expect(remote.url).not.toContain(SECRET);
  expect(remote.authorization).toBe(
    `Basic ${Buffer.from(`x-access-token:${SECRET}`).toString('base64')}`,
  );
  expect(
    host.contentsUrl({ address, branch: 'main', path: 'docs/a b.md' }),
  ).toMatch(/\/git\/payments\/shop\/src\/branch\/main\/docs\/a%20b\.md$/);
});

it('stores a secret where only the pipeline reads it', async () => {
  answerWith(201, '');
  await host.setSecret?.({ address, name: 'A_TOKEN', value: 'x' });
  expect(`${seen?.method} ${seen?.url}`).toBe(
    'PUT /git/api/v1/repos/payments/shop/actions/secrets/A_TOKEN',
  );
});

it('opens a pull request once, or tells where to compare', async () => {
  const change = {
    address,
    branch: 'waymark/notes',
    base: 'main',
    title: 'Notes',
    description: '',
  };
  const lines: string[] = [];
  let pulls: object[] | undefined = [];
  answer = (req, res) => {
    lines.push(`${req.method} ${req.url}`);
    const opens = req.method === 'POST' && pulls;
    if (opens) {
      pulls = [{ number: 7, state: 'open' }];
    }
    res.writeHead(pulls?.length ? 200 : 404, {
      'content-type': 'application/json',
    });
    res.end(JSON.stringify(pulls?.[0] ?? { message: 'Not Found' }));
  };
  const opened = {
    url: `${host.repositoryUrl(address)}/pulls/7`,
    number: 7,
  };
  expect(await host.openChange(change)).toEqual(opened);
  expect(await host.openChange(change)).toEqual(opened);
  const path = '/git/api/v1/repos/payments/shop/pulls';
  expect(lines).toEqual([
    `GET ${path}/main/waymark%2Fnotes`,
    `POST ${path}`,
    `GET ${path}/main/waymark%2Fnotes`,
  ]);

  pulls = undefined;
  expect(await host.openChange(change)).toEqual({
    url: `${host.repositoryUrl(address)}/compare/main...waymark%2Fnotes`,
  });
});

it.each<[string, (url: string) => string, object | undefined]>([
  ['its page', url => url, address],
  ['the address for git clone', url => `${url}.git`, address],
  ['a slash too many', url => `${url}/`, address],
  ['a page within', url => `${url}/issues`, undefined],
  ['another host', () => 'https://git.example.com/payments/shop', undefined],
  ['beside the host', url => url.replace('/git/', '/'), undefined],
  ['a password', url => url.replace('//', '//me:secret@'), undefined],
  ['a query', url => `${url}?a=b`, undefined],
  ['a way out', url => `${url}/../..`, undefined],
  ['a name of dots', url => url.replace('shop', '%2e%2e'), undefined],
  ['no address', () => 'payments/shop', undefined],
])('reads the address of a repository: %s', (_, make, expected) => {
  expect(host.parseRepositoryUrl(make(host.repositoryUrl(address)))).toEqual(
    expected,
  );
});

it('cannot be led to another path', async () => {
  answerWith(404, {});
  await host.getRepository({
    address: { organization: '../admin', name: 'x/../../y?z#' },
  });
  expect(seen?.url).toBe('/git/api/v1/repos/..%2Fadmin/x%2F..%2F..%2Fy%3Fz%23');
});

it.each<[string, () => void, string, RegExp]>([
  [
    'a refusal of the credentials',
    () => answerWith(401, { message: 'invalid username, password or token' }),
    'NotAllowedError',
    /with 401: invalid username.*Check the credentials.*integrations\.gitea/,
  ],
  [
    'another page in its place',
    () => answerWith(200, '<html>Sign in</html>'),
    'ServiceUnavailableError',
    /something else than expected.*Check the baseUrl/,
  ],
  [
    'a repository without an id',
    () => answerWith(200, { ...repository, id: undefined }),
    'ServiceUnavailableError',
    /something else than expected \(id: /,
  ],
  [
    'a redirect, which is not followed',
    () => answerWith(307, '', { location: 'http://localhost:1/elsewhere' }),
    'ServiceUnavailableError',
    /with 307\. Set the final address/,
  ],
  [
    'an answer without end',
    () => {
      answer = (_, res) => {
        res.writeHead(200);
        res.on('error', () => {});
        const timer = setInterval(() => res.write(Buffer.alloc(256 * 1024)), 1);
        res.on('close', () => clearInterval(timer));
      };
    },
    'ServiceUnavailableError',
    /the answer is too large/,
  ],
  [
    'a connection that breaks',
    () => {
      answer = req => req.socket.destroy();
    },
    'ServiceUnavailableError',
    /did not answer GET \/repos\/payments\/shop.*Check that it is up/,
  ],
  [
    'an illness, with a long story',
    () => answerWith(500, { message: 'x'.repeat(5000) }),
    'ServiceUnavailableError',
    /^.{0,450}$/,
  ],
])('explains %s', async (_, prepare, name, message) => {
  prepare();
  const error = await host.getRepository({ address }).catch(e => e);
  expect(error).toMatchObject({
    name,
    message: expect.stringMatching(message),
  });
  expect(error.message).toContain(host.host);
  expect(error.message).not.toContain(SECRET);
});

it.each([
  [409, 'ConflictError'],
  [422, 'InputError'],
  [404, 'NotFoundError'],
  [403, 'NotAllowedError'],
])('tells a refusal to create with %s apart', async (status, name) => {
  answerWith(status, { message: 'no' });
  await expect(
    host.createRepository({ address, description: '', defaultBranch: 'main' }),
  ).rejects.toMatchObject({ name });
});

it('stops when the run is cancelled', async () => {
  answer = () => {};
  await expect(
    host.getRepository({ address, signal: AbortSignal.timeout(50) }),
  ).rejects.toThrow('was cancelled');
});

it('must know which host is meant', () => {
  const gitea = [{ host: 'a.example.com' }, { host: 'b.example.com' }];
  const github = [{ host: 'github.example.com', token: SECRET }];
  expect(() => publishingHost({ integrations: { gitea } })).toThrow(
    /scaffolder\.goldenPath\.host: must name one.*a\.example\.com/,
  );
  expect(() => publishingHost({})).toThrow(
    /scaffolder\.goldenPath\.host: .* there is none/,
  );
  const publishTo = (name: string) =>
    publishingHost({
      integrations: { gitea, github },
      scaffolder: { goldenPath: { host: name } },
    });
  expect(() => publishTo('c.example.com')).toThrow(
    /there is no entry 'c\.example\.com'.*b\.example\.com/,
  );
  // An entry of its own, but nobody's
  expect(() => publishTo('github.com')).toThrow(/no entry 'github\.com' with/);
  expect(publishTo('b.example.com').repositoryUrl(address)).toBe(
    'https://b.example.com/payments/shop',
  );
  expect(publishTo('github.example.com').repositoryUrl(address)).toBe(
    'https://github.example.com/payments/shop',
  );
  expect(
    publishingHost({ integrations: { github } }).repositoryUrl(address),
  ).toBe('https://github.example.com/payments/shop');
});
