import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { eventually } from '@waymark/backend-test-support';
import authModulePersonas from '.';

const ORGANIZATION = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: harbour }
spec: { type: squad, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: Joel.Hartwig }
spec:
  profile:
    displayName: Joel Hartwig
    email: joel.hartwig@harbour.example
    picture: https://harbour.example/ada.png
  memberOf: [harbour]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: noor.lindqvist }
spec: { memberOf: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: not.listed }
spec: { memberOf: [harbour] }
`;

const PEOPLE = [
  {
    userEntityRef: 'user:default/joel.hartwig',
    title: 'Engineer',
    description: 'Builds things.',
  },
  { userEntityRef: 'noor.lindqvist', title: 'Auditor' },
  { userEntityRef: 'user:default/left.long.ago', title: 'Leader' },
];

const PUBLIC = 'https://portal.example.com';
const LOOPBACK = { host: '127.0.0.1', port: 7007 };

describe('sign-in as one of the sample people', () => {
  const folder = createMockDirectory({
    content: { 'organization.yaml': ORGANIZATION },
  });
  const { NODE_ENV } = process.env;

  beforeEach(() => setEnvironment('development'));
  afterEach(() => setEnvironment(NODE_ENV));

  /** `process.env.NODE_ENV` cannot be assigned in the types of React. */
  function setEnvironment(value: string | undefined) {
    Object.assign(process.env, { NODE_ENV: value });
  }

  async function start(options?: {
    personas?: JsonObject | null;
    listen?: JsonValue;
    baseUrl?: { app?: string; backend?: string };
    startup?: JsonObject;
  }) {
    const { personas = { people: PEOPLE }, listen = LOOPBACK } = options ?? {};
    const { server } = await startTestBackend({
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        authPlugin,
        authModulePersonas,
        catalogPlugin,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: options?.baseUrl?.app ?? 'http://localhost:7007' },
            backend: {
              baseUrl: options?.baseUrl?.backend ?? 'http://localhost:7007',
              listen,
              ...(options?.startup && { startup: options.startup }),
              database: { client: 'better-sqlite3', connection: ':memory:' },
            },
            auth: { providers: { personas: personas! } },
            catalog: {
              processingInterval: { seconds: 1 },
              rules: [{ allow: ['User', 'Group'] }],
              locations: [
                { type: 'file', target: folder.resolve('organization.yaml') },
              ],
            },
          },
        }),
      ],
    });
    const url = `http://localhost:${server.port()}/api`;
    return {
      url,
      people: () => fetch(`${url}/auth/personas/people`),
      signIn: (headers: Record<string, string>, query = '') =>
        fetch(`${url}/auth/personas/refresh${query}`, { headers }),
    };
  }

  /** A backend whose catalog knows everybody. */
  async function startFilled() {
    const backend = await start();
    await eventually(
      'both people in the catalog',
      async () => {
        const { people } = await (await backend.people()).json();
        return people.length === 2;
      },
      { seconds: 30 },
    );
    return backend;
  }

  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());

  it('offers those who are in the catalog, with the name they have there', async () => {
    const { people } = await startFilled();

    expect(await (await people()).json()).toEqual({
      people: [
        {
          userEntityRef: 'user:default/joel.hartwig',
          title: 'Engineer',
          description: 'Builds things.',
          displayName: 'Joel Hartwig',
          picture: 'https://harbour.example/ada.png',
        },
        {
          userEntityRef: 'user:default/noor.lindqvist',
          title: 'Auditor',
          displayName: 'noor.lindqvist',
        },
      ],
    });
  });

  it('signs each in with the groups of the catalog, and with nothing from the request', async () => {
    const { signIn, url } = await startFilled();

    const response = await signIn(
      {
        'x-persona': 'User:default/Joel.Hartwig',
        authorization: 'Bearer user:default/noor.lindqvist',
        cookie: 'persona=user:default/noor.lindqvist',
      },
      '?userEntityRef=user:default/noor.lindqvist&ent=group:default/admins',
    );
    const session = await response.json();
    expect(response.status).toBe(200);
    expect(session).toEqual({
      profile: {
        displayName: 'Joel Hartwig',
        email: 'joel.hartwig@harbour.example',
        picture: 'https://harbour.example/ada.png',
      },
      backstageIdentity: {
        token: expect.any(String),
        expiresInSeconds: expect.any(Number),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/joel.hartwig',
          ownershipEntityRefs: [
            'user:default/joel.hartwig',
            'group:default/harbour',
          ],
        },
      },
    });

    // What other plugins make of the token
    const { token } = session.backstageIdentity;
    expect(claims(token).sub).toBe('user:default/joel.hartwig');
    const headers = { authorization: `Bearer ${token}` };
    const info = await fetch(`${url}/auth/v1/userinfo`, { headers });
    expect((await info.json()).claims).toMatchObject({
      sub: 'user:default/joel.hartwig',
      ent: ['user:default/joel.hartwig', 'group:default/harbour'],
    });
    const catalog = await fetch(`${url}/catalog/entities?filter=kind=user`, {
      headers,
    });
    expect(await catalog.json()).toHaveLength(3);

    const other = await (
      await signIn({ 'x-persona': 'noor.lindqvist' })
    ).json();
    expect(other.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/noor.lindqvist',
      ownershipEntityRefs: ['user:default/noor.lindqvist'],
    });
    expect(other.profile).toEqual({ displayName: 'noor.lindqvist' });
  });

  it.each([
    ['who is in the catalog but not listed', 'user:default/not.listed', 403],
    ['nobody knows', 'user:default/nobody', 403],
    ['of another namespace', 'user:other/joel.hartwig', 403],
    ['who is a group', 'group:default/harbour', 403],
    ['that is no reference', '::/', 403],
    ['who is listed and left the catalog', 'user:default/left.long.ago', 403],
    ['that is empty', '', 400],
  ])('refuses somebody %s', async (_, persona, status) => {
    const { signIn } = await startFilled();

    const response = await signIn({ 'x-persona': persona });
    const { error, ...rest } = await response.json();
    expect(response.status).toBe(status);
    expect(rest).not.toHaveProperty('backstageIdentity');
    expect(error.message).toMatch(
      {
        'user:default/left.long.ago':
          /left\.long\.ago is not in the catalog of this portal.*auth\.providers\.personas\.people/,
        '': /header x-persona/,
      }[persona] ?? /none of the sample people/,
    );
  });

  it('offers nobody and signs nobody in where it is not configured', async () => {
    setEnvironment('production');
    const { people, signIn } = await start({ personas: null });

    expect((await people()).status).toBe(404);
    expect(
      (await signIn({ 'x-persona': 'user:default/joel.hartwig' })).status,
    ).toBe(404);
  });

  it.each(['production', 'test', ''])(
    'does not start with NODE_ENV %p',
    async environment => {
      setEnvironment(environment);
      await expect(start()).rejects.toThrow(
        /for development only: remove auth\.providers\.personas/,
      );
    },
  );

  it('has no route in production even where failures at start are tolerated', async () => {
    setEnvironment('production');
    const { people, signIn } = await start({
      startup: {
        plugins: {
          auth: {
            modules: { personas: { onPluginModuleBootFailure: 'continue' } },
          },
        },
      },
    });

    expect((await people()).status).toBe(404);
    expect(
      (await signIn({ 'x-persona': 'user:default/joel.hartwig' })).status,
    ).toBe(404);
  });

  it.each([
    [':7007'],
    ['7007'],
    ['0.0.0.0:7007'],
    [{ host: '0.0.0.0' }],
    [{ host: '' }],
    [{ port: 7007 }],
  ])('does not start while listening on %j', async listen => {
    await expect(start({ listen })).rejects.toThrow(
      /reached from other machines: set backend\.listen\.host to 127\.0\.0\.1/,
    );
  });

  it.each([{ app: PUBLIC }, { backend: PUBLIC }])(
    'does not start behind a proxy, at %j',
    async baseUrl => {
      await expect(start({ baseUrl })).rejects.toThrow(
        /can be reached at https:\/\/portal\.example\.com: set app\.baseUrl/,
      );
    },
  );

  it.each([['127.0.0.1:7007'], ['localhost:7007'], [{ host: '::1' }]])(
    'starts while listening on %j',
    async listen => {
      const { people } = await start({ listen });
      expect((await people()).status).toBe(200);
    },
  );

  it.each([
    ['a group', [{ userEntityRef: 'group:default/x', title: 'x' }], /no User/],
    ['somebody twice', [PEOPLE[1], PEOPLE[1]], /listed twice/],
    ['somebody without a role', [{ userEntityRef: 'x' }], /title/],
  ])('does not start with %s among the people', async (_, people, message) => {
    await expect(start({ personas: { people } })).rejects.toThrow(message);
  });
});
