import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import { readGoldenPathConfig } from '../config/GoldenPathConfig';
import { RepositoryHost } from './RepositoryHost';
import { RepositoryHosts } from './RepositoryHosts';

const TOKEN = 'ghp_0123456789';
const address = { organization: 'payments', name: 'shop' };

let answer: (req: IncomingMessage, res: ServerResponse) => void;
let seen: IncomingMessage[] = [];
const server = createServer((req, res) => {
  seen.push(req);
  answer(req, res);
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function hostOf(entry: JsonObject, github: JsonObject = {}): RepositoryHost {
  const config = mockServices.rootConfig({
    data: {
      integrations: { github: [entry] },
      scaffolder: { goldenPath: { github } },
    },
  });
  return RepositoryHosts.create({
    integrations: ScmIntegrations.fromConfig(config),
    ...readGoldenPathConfig(config),
  }).publishing();
}

const local = (github?: JsonObject) =>
  hostOf(
    {
      host: new URL(origin).host,
      apiBaseUrl: `${origin}/api/v3`,
      token: TOKEN,
    },
    github,
  );

function answerWith(status: number, body: unknown, headers = {}) {
  answer = (_, res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

it.each<[string, JsonObject, string]>([
  ['GitHub', { host: 'github.com', token: TOKEN }, 'https://github.com'],
  [
    'an Enterprise',
    {
      host: 'ghe.example.com',
      apiBaseUrl: 'https://ghe.example.com/api/v3',
      token: TOKEN,
    },
    'https://ghe.example.com',
  ],
  [
    'an Enterprise in the cloud',
    {
      host: 'acme.ghe.com',
      apiBaseUrl: 'https://api.acme.ghe.com',
      token: TOKEN,
    },
    'https://acme.ghe.com',
  ],
])('knows the addresses of %s by its config', (_, entry, web) => {
  const host = hostOf(entry);
  expect(host.repositoryUrl(address)).toBe(`${web}/payments/shop`);
  expect(host.cloneUrl(address)).toBe(`${web}/payments/shop.git`);
  expect(host.contentsUrl({ address, branch: 'main' })).toBe(
    `${web}/payments/shop/tree/main`,
  );
  expect(
    host.contentsUrl({ address, branch: 'main', path: 'docs/a b.md' }),
  ).toBe(`${web}/payments/shop/tree/main/docs/a%20b.md`);
  expect(host.parseRepositoryUrl(`${web}/payments/shop.git`)).toEqual(address);
  expect(
    host.parseRepositoryUrl('https://elsewhere.example/payments/shop'),
  ).toBeUndefined();
});

it('finds the team of a group', () => {
  const host = local();
  const teamOf = (name: string, slug?: string) =>
    host.teamName({
      organization: 'Acme',
      group: {
        name,
        annotations: slug ? { 'github.com/team-slug': slug } : undefined,
      },
    });
  expect(teamOf('Payments')).toBe('payments');
  expect(teamOf('payments', 'cash-desk')).toBe('cash-desk');
  expect(teamOf('payments', 'acme/cash-desk')).toBe('cash-desk');
  expect(() => teamOf('payments', 'others/cash-desk')).toThrow(
    'the team of the group payments is others/cash-desk (its annotation github.com/team-slug), which is not in the organization Acme',
  );
});

it('insists on the name of the organization as it is written', async () => {
  answerWith(200, { login: 'Payments' });
  await expect(
    local().organizationExists({ organization: 'payments' }),
  ).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringContaining("is written 'Payments' on localhost"),
  });
  expect(seen[0].headers).toMatchObject({
    authorization: `Bearer ${TOKEN}`,
    'x-github-api-version': '2022-11-28',
  });
});

it('asks for no team where none gets access', async () => {
  answerWith(500, {});
  const host = local({ teamPermission: 'none' });
  expect(await host.teamExists?.({ organization: 'payments', team: 'x' })).toBe(
    true,
  );
  expect(await host.grantTeamAccess?.({ address, team: 'x' })).toBeUndefined();
  expect(seen).toEqual([]);
});

it('protects as the config says, without checks that nobody reports', async () => {
  const bodies: string[] = [];
  answer = async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) {
      chunks.push(chunk);
    }
    bodies.push(Buffer.concat(chunks).toString());
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end('{}');
  };
  const off = local({ protection: { enabled: false } });
  expect(
    await off.protectBranch?.({ address, branch: 'main', checks: [] }),
  ).toMatchObject({ applied: false });
  expect(bodies).toEqual([]);

  const on = local({
    protection: { requiredReviews: 2, enforceAdmins: false },
  });
  await on.protectBranch?.({ address, branch: 'main', checks: [] });
  expect(bodies.map(body => JSON.parse(body))).toEqual([
    {
      required_status_checks: null,
      enforce_admins: false,
      required_pull_request_reviews: {
        required_approving_review_count: 2,
        require_code_owner_reviews: true,
        dismiss_stale_reviews: true,
      },
      restrictions: null,
      allow_force_pushes: false,
      allow_deletions: false,
    },
  ]);
});

it('waits until GitHub knows a branch that was just pushed', async () => {
  const statuses = [404, 404, 200];
  answer = (_, res) => {
    const status = statuses.shift() ?? 500;
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(status === 200 ? '{}' : '{"message":"Branch not found"}');
  };
  expect(
    await local().protectBranch?.({ address, branch: 'main', checks: [] }),
  ).toMatchObject({ applied: true });
  expect(seen).toHaveLength(3);
});

it('does not take its token to another address', async () => {
  answerWith(301, '', { location: 'http://localhost:1/repositories/12' });
  await expect(local().getRepository({ address })).rejects.toThrow(
    /with 301\. Set the final address/,
  );
  expect(seen).toHaveLength(1);
});

it('tells of a rate limit at once when nobody watches a log', async () => {
  answerWith(429, { message: 'Slow down' }, { 'retry-after': '1' });
  await expect(local().getRepository({ address })).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringMatching(
      /429: Slow down\. It takes no more requests/,
    ),
  });
  expect(seen).toHaveLength(1);
});

it.each([
  [{ visibility: 'secret' }, /github\.visibility: must be one of private/],
  [{ teamPermission: 'write' }, /github\.teamPermission: must be one of pull/],
  [
    { protection: { requiredReviews: 7 } },
    /github\.protection\.requiredReviews: must be a whole number from 0 to 6/,
  ],
])('names the setting that is wrong: %j', (github, message) => {
  expect(() => local(github)).toThrow(message);
});
