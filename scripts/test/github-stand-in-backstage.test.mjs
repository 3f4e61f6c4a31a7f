import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGithub } from '../stand-ins/github/startGithub.mjs';

// What the portal's backend itself loads
const require = createRequire(
  new URL('../../packages/backend/package.json', import.meta.url),
);
const load = name => require(name);

const component = name => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
  owner: ticketing
`;

const organization = {
  login: 'kestrelvale-rail',
  name: 'Kestrelvale Rail',
  teams: [
    { name: 'Passenger Services', slug: 'passenger-services' },
    {
      name: 'Ticketing',
      slug: 'ticketing',
      parent: 'passenger-services',
      members: ['maren-osei', 'joel-hartwig'],
    },
  ],
  repositories: [
    {
      name: 'fares',
      visibility: 'private',
      topics: ['nodejs'],
      files: {
        'catalog-info.yaml': component('fares'),
        'docs/index.md': '# Fares\n',
        'docs/deep/more.md': 'More\n',
        'src/index.js': '1;\n',
      },
    },
    {
      name: 'seats',
      files: { 'catalog-info.yaml': component('seats') },
    },
    { name: 'no-catalog-file', files: { 'README.md': 'Hello\n' } },
    { name: 'empty' },
  ],
};

async function eventually(check, timeoutMs = 20_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await sleep(100);
    }
  }
}

const integration = (github, credentials) => ({
  integrations: {
    github: [{ host: github.host, apiBaseUrl: github.apiUrl, ...credentials }],
  },
});

describe('GitHub stand-in and Backstage', () => {
  let github;
  before(async () => {
    github = await startGithub({ organization });
  });
  after(async () => {
    await github?.stop();
    // The stock modules leave timers of an hour behind
    setTimeout(() => process.exit(), 1000).unref();
  });

  const asApp = ({ app }) => ({ apps: [app] });
  const asToken = ({ token }) => ({ token });

  for (const [kind, credentials] of [
    ['a token', asToken],
    ['a GitHub App', asApp],
  ]) {
    it(`lets GithubUrlReader read with ${kind}`, async () => {
      const { UrlReaders } = load('@backstage/backend-defaults/urlReader');
      const { ConfigReader } = load('@backstage/config');
      const { mockServices } = load('@backstage/backend-test-utils');
      const reader = UrlReaders.default({
        config: new ConfigReader(integration(github, credentials(github))),
        logger: mockServices.rootLogger({ level: 'none' }),
      });
      const base = `${github.url}/kestrelvale-rail/fares`;

      const file = await reader.readUrl(`${base}/blob/main/docs/index.md`);
      assert.equal((await file.buffer()).toString(), '# Fares\n');
      assert.ok(file.lastModifiedAt instanceof Date);
      await assert.rejects(
        reader.readUrl(`${base}/blob/main/docs/index.md`, { etag: file.etag }),
        { name: 'NotModifiedError' },
      );
      await assert.rejects(reader.readUrl(`${base}/blob/main/none.md`), {
        name: 'NotFoundError',
      });

      // Without a branch the default one is asked for
      const tree = await reader.readTree(`${base}/tree/main/docs`);
      const files = await tree.files();
      assert.deepEqual(files.map(({ path }) => path).sort(), [
        'deep/more.md',
        'index.md',
      ]);
      await assert.rejects(reader.readTree(base, { etag: tree.etag }), {
        name: 'NotModifiedError',
      });

      const found = await reader.search(`${base}/blob/main/**/*.md`);
      const contents = await Promise.all(
        found.files.map(async ({ url, content }) => [
          new URL(url).pathname,
          (await content()).toString(),
        ]),
      );
      assert.deepEqual(contents.sort(), [
        ['/kestrelvale-rail/fares/blob/main/docs/deep/more.md', 'More\n'],
        ['/kestrelvale-rail/fares/blob/main/docs/index.md', '# Fares\n'],
      ]);
    });
  }

  describe('a backend with the stock modules', () => {
    let backend;
    let base;
    before(async () => {
      const { startTestBackend, mockServices } = load(
        '@backstage/backend-test-utils',
      );
      const schedule = {
        frequency: { hours: 1 },
        timeout: { minutes: 1 },
      };
      const resolve = name => load(name).default;
      backend = await startTestBackend({
        features: [
          resolve('@backstage/plugin-catalog-backend'),
          resolve('@backstage/plugin-catalog-backend-module-github'),
          resolve('@backstage/plugin-catalog-backend-module-github-org'),
          resolve('@backstage/plugin-auth-backend'),
          resolve('@backstage/plugin-auth-backend-module-github-provider'),
          mockServices.rootConfig.factory({
            data: {
              app: { baseUrl: 'http://localhost:3000' },
              ...integration(github, asApp(github)),
              catalog: {
                processingInterval: { seconds: 1 },
                providers: {
                  github: {
                    all: {
                      host: github.host,
                      organization: 'kestrelvale-rail',
                      schedule,
                    },
                  },
                  githubOrg: {
                    id: 'organization',
                    githubUrl: github.url,
                    orgs: ['kestrelvale-rail'],
                    schedule,
                  },
                },
              },
              auth: {
                session: { secret: 'for-tests' },
                providers: {
                  github: {
                    development: {
                      ...github.oauthApp,
                      enterpriseInstanceUrl: github.url,
                      signIn: {
                        resolvers: [
                          // An App is not told anybody's address by GitHub
                          { resolver: 'userIdMatchingUserEntityAnnotation' },
                        ],
                      },
                    },
                  },
                },
              },
            },
          }),
        ],
      });
      base = `http://localhost:${backend.server.port()}`;
    });
    after(() => backend?.stop());

    const entities = async filter => {
      const { mockCredentials } = load('@backstage/backend-test-utils');
      const url = `${base}/api/catalog/entities?filter=${filter}`;
      const response = await fetch(url, {
        headers: { authorization: mockCredentials.user.header() },
      });
      assert.equal(response.status, 200);
      return response.json();
    };

    it('finds the repositories that have a catalog file', async () => {
      await eventually(async () => {
        const found = await entities('kind=component');
        assert.deepEqual(found.map(({ metadata }) => metadata.name).sort(), [
          'fares',
          'seats',
        ]);
      });
    });

    it('finds teams and people', async () => {
      await eventually(async () => {
        const groups = await entities('kind=group');
        const ticketing = groups.find(
          ({ metadata }) => metadata.name === 'ticketing',
        );
        assert.equal(groups.length, 2);
        assert.equal(ticketing.spec.parent, 'passenger-services');
        assert.equal(
          ticketing.metadata.annotations['github.com/team-slug'],
          'kestrelvale-rail/ticketing',
        );
        const users = await entities('kind=user');
        const maren = users.find(
          ({ metadata }) => metadata.name === 'maren-osei',
        );
        assert.deepEqual(maren.spec.memberOf, ['ticketing']);
        assert.equal(maren.spec.profile.displayName, 'Maren Osei');
      });
    });

    /** What a browser does, up to what the portal's window is told. */
    async function signIn(login) {
      const start = await fetch(
        `${base}/api/auth/github/start?env=development&scope=read:user`,
        { redirect: 'manual' },
      );
      assert.equal(start.status, 302);
      const cookies = start.headers
        .getSetCookie()
        .filter(cookie => !/Max-Age=0/.test(cookie))
        .map(cookie => cookie.split(';')[0])
        .join('; ');
      const authorize = start.headers.get('location');
      const page = await fetch(authorize);
      assert.equal(page.status, 200);
      assert.match(await page.text(), /Maren Osei/);
      const chosen = await fetch(authorize, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams(login ? { login } : { cancel: '1' }),
      });
      const back = await fetch(chosen.headers.get('location'), {
        headers: { cookie: cookies },
      });
      const text = await back.text();
      const match = text.match(/decodeURIComponent\('([^']+)'\)/);
      return JSON.parse(decodeURIComponent(match[1]));
    }

    it('signs in through the redirects of OAuth', async () => {
      await eventually(async () => {
        const told = await signIn('maren-osei');
        assert.equal(
          told.response?.profile.email,
          'maren.osei@kestrelvale.example',
        );
        assert.equal(
          told.response.backstageIdentity?.identity.userEntityRef,
          'user:default/maren-osei',
        );
      });
    });

    it('tells the portal when somebody cancels', async () => {
      const told = await signIn(undefined);
      assert.match(told.error?.message ?? '', /denied/);
    });
  });
});
