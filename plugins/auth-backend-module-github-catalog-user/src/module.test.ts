import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import githubOrgModule from '@backstage/plugin-catalog-backend-module-github-org';
import {
  closingDatabaseServiceFactory,
  eventually,
  startGithub,
  type Github,
} from '@waymark/backend-test-support';
import { DatabaseSync } from 'node:sqlite';
import authModuleGithubCatalogUser from '.';
import { Browser, type Outcome } from './__testUtils__/Browser';

const APP = 'http://localhost:7007';
const HELP = 'Ask the harbour office, office@harbour.example.';

const user = (name: string, annotations: Record<string, string>) => `
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: ${name}
  annotations: ${JSON.stringify(annotations)}
spec: { memberOf: [harbour] }
---`;

describe('sign-in with GitHub', () => {
  const folder = createMockDirectory();
  let github: Github;
  /** Where the databases of the portal of this test are. */
  let databases = 0;

  beforeAll(async () => {
    github = await startGithub();
  });
  afterAll(() => github?.stop());

  /** The `node_id` of an account. */
  async function idOf(login: string): Promise<string> {
    const response = await fetch(`${github.apiUrl}/users/${login}`, {
      headers: { authorization: `token ${github.token}` },
    });
    return (await response.json()).node_id;
  }

  async function start(options: { people?: string } = {}) {
    databases++;
    folder.addContent({
      'people.yaml': options.people ?? '',
      [`db${databases}`]: {},
    });
    const { host, apiUrl, token, organization, oauthApp } = github;
    const { server } = await startTestBackend({
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        closingDatabaseServiceFactory,
        schedulerServiceFactory,
        authPlugin,
        authModuleGithubCatalogUser,
        catalogPlugin,
        githubOrgModule,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: APP },
            backend: {
              baseUrl: APP,
              database: {
                client: 'better-sqlite3',
                connection: { directory: folder.resolve(`db${databases}`) },
              },
            },
            integrations: { github: [{ host, apiBaseUrl: apiUrl, token }] },
            auth: {
              providers: {
                github: {
                  development: {
                    ...oauthApp,
                    enterpriseInstanceUrl: github.url,
                  },
                },
              },
              signIn: { help: HELP },
            },
            catalog: {
              processingInterval: { seconds: 1 },
              stitchingStrategy: {
                pollingInterval: { milliseconds: 200 },
              },
              rules: [{ allow: ['User', 'Group'] }],
              locations: [
                { type: 'file', target: folder.resolve('people.yaml') },
              ],
              providers: {
                // Without people of one's own, those of GitHub are taken
                githubOrg: options.people
                  ? []
                  : {
                      id: 'github',
                      githubUrl: github.url,
                      orgs: [organization],
                      schedule: {
                        initialDelay: { seconds: 0 },
                        frequency: { hours: 1 },
                        timeout: { minutes: 1 },
                      },
                    },
              },
            },
          },
        }),
      ],
    });
    const url = `http://localhost:${server.port()}`;
    return { url, browser: new Browser(url, APP) };
  }

  /** Signs in once the catalog knows the account. */
  async function signInOnceKnown(browser: Browser, login: string) {
    return eventually(
      `${login} is let in`,
      async () => {
        const outcome = await browser.signIn(login);
        if (outcome.response) {
          return outcome;
        }
        expect(outcome.error?.message).toContain('is not in the catalog');
        return undefined;
      },
      { seconds: 30 },
    );
  }

  /** Waits until the catalog holds that many users, with the rights of one. */
  async function untilUsers(url: string, outcome: Outcome, count: number) {
    const headers = {
      authorization: `Bearer ${outcome.response!.backstageIdentity!.token}`,
    };
    const address = `${url}/api/catalog/entities?filter=kind=user`;
    await eventually(
      `${count} users in the catalog`,
      async () => {
        const users = await (await fetch(address, { headers })).json();
        return users.length === count;
      },
      { seconds: 30 },
    );
  }

  /** Everybody to whom the portal has given a token. */
  function signedInUsers(): unknown[] {
    const database = new DatabaseSync(
      folder.resolve(`db${databases}/auth.sqlite`),
    );
    try {
      return database
        .prepare('select user_entity_ref from user_info')
        .all()
        .map(row => row.user_entity_ref);
    } finally {
      database.close();
    }
  }

  it('lets in those whom the ingestion of GitHub has put into the catalog', async () => {
    const { browser, url } = await start();

    const { response } = await signInOnceKnown(browser, 'maren-osei');
    expect(response).toMatchObject({
      profile: {
        displayName: 'Maren Osei',
        email: 'maren.osei@kestrelvale.example',
      },
      backstageIdentity: {
        identity: {
          userEntityRef: 'user:default/maren-osei',
          ownershipEntityRefs: [
            'user:default/maren-osei',
            'group:default/ticketing',
          ],
        },
      },
    });
    const info = await fetch(`${url}/api/auth/v1/userinfo`, {
      headers: {
        authorization: `Bearer ${response!.backstageIdentity!.token}`,
      },
    });
    expect((await info.json()).claims.sub).toBe('user:default/maren-osei');

    // The page is loaded again
    const refreshed = await browser.refresh();
    expect(refreshed.status).toBe(200);
    expect((await refreshed.json()).backstageIdentity.identity).toMatchObject({
      userEntityRef: 'user:default/maren-osei',
    });

    // And left
    const left = await browser.ask('/api/auth/github/logout?env=development', {
      method: 'POST',
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    expect(left.status).toBe(200);
    expect((await browser.refresh()).status).toBe(401);
  });

  it('refuses who is not in the catalog, says whom to ask, and writes nothing', async () => {
    const { browser } = await start({ people: user('somebody', {}) });

    const { page, outcome } = await browser.comeBack(
      await browser.pickAccount('joel-hartwig'),
    );
    expect(outcome).toEqual({
      error: {
        name: 'NotAllowedError',
        message: `Your GitHub account joel-hartwig is not in the catalog of this portal. ${HELP}`,
      },
    });
    expect(page).not.toMatch(/stack|\.ts:\d|node_modules/);
    expect([...browser.cookies.keys()]).toEqual(['github-nonce']);
    expect((await browser.refresh()).status).toBe(401);
    expect(signedInUsers()).toEqual([]);
  });

  it('lets in a renamed account, and not who takes its former login', async () => {
    const { browser, url } = await start({
      // Adaeze Bell was called tomasz-wrona on GitHub when this was written
      people: user('tomasz-wrona', {
        'github.com/user-login': 'tomasz-wrona',
        'github.com/user-id': await idOf('adaeze-bell'),
      }),
    });

    const { response } = await signInOnceKnown(browser, 'adaeze-bell');
    expect(response?.backstageIdentity?.identity.userEntityRef).toBe(
      'user:default/tomasz-wrona',
    );

    const stranger = new Browser(url, APP);
    expect((await stranger.signIn('tomasz-wrona')).error?.message).toBe(
      `Your GitHub account tomasz-wrona is not in the catalog of this portal. ${HELP}`,
    );
    expect(signedInUsers()).toEqual(['user:default/tomasz-wrona']);
  });

  it('compares ids to the letter', async () => {
    const id = await idOf('adaeze-bell');
    const { browser, url } = await start({
      people: [
        user('right', { 'github.com/user-id': id }),
        user('shouted', { 'github.com/user-id': id.toUpperCase() }),
      ].join('\n'),
    });

    await untilUsers(url, await signInOnceKnown(browser, 'adaeze-bell'), 2);
    const { response } = await browser.signIn('adaeze-bell');
    expect(response?.backstageIdentity?.identity.userEntityRef).toBe(
      'user:default/right',
    );
  });

  it('refuses an account that two people carry', async () => {
    const id = await idOf('adaeze-bell');
    const { browser, url } = await start({
      people: [
        user('first', { 'github.com/user-id': id }),
        user('second', { 'github.com/user-id': id }),
        user('third', {
          'github.com/user-id': await idOf('priya-nandal'),
        }),
      ].join('\n'),
    });
    await untilUsers(url, await signInOnceKnown(browser, 'priya-nandal'), 3);

    expect((await browser.signIn('adaeze-bell')).error).toEqual({
      name: 'NotAllowedError',
      message: `Your GitHub account adaeze-bell belongs to more than one person in the catalog of this portal. ${HELP}`,
    });
    expect(signedInUsers()).toEqual(['user:default/third']);
  });

  it('ends the session of somebody whose account leaves the catalog', async () => {
    const { browser } = await start({
      people: user('leaving', {
        'github.com/user-id': await idOf('callum-reyes'),
      }),
    });
    await signInOnceKnown(browser, 'callum-reyes');
    expect((await browser.refresh()).status).toBe(200);

    folder.addContent({ 'people.yaml': user('leaving', {}) });
    const refreshed = await eventually('the session ends', async () => {
      const response = await browser.refresh();
      return response.status !== 200 && response;
    });
    expect(refreshed.status).toBe(401);
    expect((await refreshed.json()).error.message).toContain(
      `Your GitHub account callum-reyes is not in the catalog of this portal. ${HELP}`,
    );
  });

  describe('that somebody meddles with', () => {
    it.each([
      [
        'a state of another sign-in',
        async (address: URL, browser: Browser) => {
          const other = await browser.pickAccount('priya-nandal');
          // Started last: its state is the one that the cookie belongs to
          expect(other.searchParams.get('state')).not.toBe(
            address.searchParams.get('state'),
          );
        },
        'Invalid nonce',
      ],
      [
        'a state that is made up',
        async (address: URL) => {
          const state = new URLSearchParams({
            nonce: 'bWFkZSB1cA==',
            env: 'development',
          });
          address.searchParams.set(
            'state',
            Buffer.from(state.toString()).toString('hex'),
          );
        },
        'Invalid nonce',
      ],
      [
        'a link sent to somebody who never started',
        async (_: URL, browser: Browser) => browser.cookies.clear(),
        'Auth response is missing cookie nonce',
      ],
      [
        'a code that GitHub never gave',
        async (address: URL) => address.searchParams.set('code', 'f00d'),
        'Failed to obtain access token',
      ],
    ])('refuses %s', async (_, meddle, message) => {
      const { browser } = await start({
        people: user('priya', {
          'github.com/user-id': await idOf('priya-nandal'),
        }),
      });
      const address = await browser.pickAccount('priya-nandal');
      await meddle(address, browser);

      const { outcome } = await browser.comeBack(address);
      expect(outcome.response).toBeUndefined();
      expect(outcome.error?.message).toContain(message);
      expect(browser.cookies.has('github-refresh-token')).toBe(false);
      expect(signedInUsers()).toEqual([]);
    });

    it('refuses to answer pages of another origin', async () => {
      const { browser } = await start();
      const response = await browser.ask(
        '/api/auth/github/start?env=development&origin=http://evil.example',
      );
      expect(response.status).toBe(403);
    });
  });
});
