import { eventually } from '@waymark/backend-test-support';
import ciCredentialsTokens from '@waymark/plugin-ci-credentials-node';
import { generateKeyPair } from 'jose';
import { GithubIssuer } from './__testUtils__/GithubIssuer';
import {
  CiCredentialsBackend,
  GITHUB_HOST,
  startCiCredentials,
} from './__testUtils__/startCiCredentials';
import { databases } from './__testUtils__/databases';
import { readEntities } from './__testUtils__/readEntities';
import { testConsumer } from './__testUtils__/testConsumer';
import { PluginHands, testIssuer } from './__testUtils__/testIssuer';

jest.setTimeout(120_000);

const CREDENTIALS = '/api/ci-credentials/credentials';
const ledger = 'component:default/ledger';
const billing = 'component:default/billing';
const STATIC_TOKEN = 'a-token-of-another-caller-of-the-portal';

const externalAccess = [
  {
    type: 'ci-credentials',
    options: {},
    accessRestrictions: [
      { plugin: 'reports', permission: 'reports.push' },
      {
        plugin: 'ci-credentials',
        permission: 'ci-credentials.credential.read',
      },
    ],
  },
  {
    type: 'static',
    options: { token: STATIC_TOKEN, subject: 'other-caller' },
  },
];

describe.each(databases.eachSupportedId())('pipelines, on %s', databaseId => {
  let backend: CiCredentialsBackend;
  let github: GithubIssuer;
  const kept: string[] = [];
  const scaffolder = new PluginHands();
  const other = new PluginHands();

  beforeAll(async () => {
    github = await GithubIssuer.start();
    backend = await startCiCredentials({
      databaseId,
      externalAccess,
      config: {
        github: [
          {
            host: GITHUB_HOST,
            issuer: github.issuer,
            audience: 'https://portal.example',
          },
        ],
      },
      features: [
        ciCredentialsTokens,
        readEntities(`https://${GITHUB_HOST}`),
        testConsumer('reports', kept),
        testConsumer('secrets-of-others', kept),
        testIssuer('scaffolder', scaffolder),
        testIssuer('somebody', other),
      ],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await github?.stop();
  });

  async function create(
    more: object = {},
  ): Promise<{ id: string; token: string }> {
    const { status, body } = await backend.call(CREDENTIALS, {
      user: 'platform',
      body: {
        source: 'https://ci.example/ledger',
        entityRefs: [ledger],
        ...more,
      },
    });
    expect(status).toBe(201);
    return { id: body.credential.id, token: body.token };
  }

  function report(token: string, body: object = {}, plugin = 'reports') {
    return backend.call(`/api/${plugin}/reports`, {
      token,
      body: { entityRefs: [ledger], ...body },
    });
  }

  /** A refusal keeps its reason, nothing is taken, and the token stays secret. */
  async function expectRefusal(
    answer: { status: number; body: any; text: string },
    status: number,
    reason: string | RegExp,
    token: string,
  ): Promise<void> {
    expect(answer.body.error.message).toMatch(reason);
    expect(answer.status).toBe(status);
    expect(kept).toEqual([]);
    for (const secret of [
      token,
      token.split(token.includes('.') ? '.' : '_').at(-1)!,
    ]) {
      expect(answer.text).not.toContain(secret);
      expect(backend.logger.text).not.toContain(secret);
    }
  }

  beforeEach(() => {
    kept.length = 0;
    github.failure = undefined;
  });

  it('lets a pipeline speak for its entities', async () => {
    const { id, token } = await create();
    const answer = await report(token, { entityRefs: ['Component:ledger'] });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      subject: `ci:token:${id}`,
      source: 'https://ci.example/ledger',
      entityRefs: [ledger],
      ownEntityRefs: [ledger],
      sourceVerified: true,
    });
    const run = await report(token, {
      source: 'https://ci.example/Ledger/runs/1',
    });
    expect(run.status).toBe(201);
    expect(kept).toHaveLength(2);

    const { body } = await backend.call(`${CREDENTIALS}?entityRef=${ledger}`, {
      user: 'maren',
    });
    expect(body.items[0].lastUsedAt).toEqual(expect.any(String));
    await report(token);
    const later = await backend.call(`${CREDENTIALS}?entityRef=${ledger}`, {
      user: 'maren',
    });
    // Not a write for every request
    expect(later.body.items[0].lastUsedAt).toBe(body.items[0].lastUsedAt);
  });

  it('refuses what was revoked, from the next request on', async () => {
    const { id, token } = await create();
    expect((await report(token)).status).toBe(201);
    kept.length = 0;
    await backend.call(`${CREDENTIALS}/${id}/revoke`, {
      user: 'maren',
      body: { reason: 'the runner was replaced' },
    });
    await expectRefusal(
      await report(token),
      401,
      /^This CI credential was revoked on \d{4}-.*Z: the runner was replaced$/,
      token,
    );
  });

  it('refuses what has expired', async () => {
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const { token } = await create({ expiresAt });
    expect((await report(token)).status).toBe(201);
    kept.length = 0;
    await new Promise(resolve =>
      setTimeout(resolve, Date.parse(expiresAt) - Date.now() + 10),
    );
    await expectRefusal(
      await report(token),
      401,
      `This CI credential expired on ${expiresAt}`,
      token,
    );
  });

  it('refuses forged tokens without telling what exists', async () => {
    const { token } = await create();
    const [, , id, secret] = token.split('_');
    const flipped = secret.replace(/.$/, last => (last === '0' ? '1' : '0'));
    for (const forged of [
      `wmk_ci_${id}_${flipped}`,
      `wmk_ci_${'0'.repeat(20)}_${secret}`,
      `wmk_ci_${id}_${secret.slice(1)}`,
      `wmk_ci_${id}`,
    ]) {
      await expectRefusal(
        await report(forged),
        401,
        /^This CI credential is not known here$/,
        secret,
      );
    }
    const random = await report('wmk_cx_something_else_entirely');
    expect(random.status).toBe(401);
    expect(kept).toEqual([]);
  });

  it('does not repeat a token that is sent in a wrong way', async () => {
    const { token } = await create();
    for (const body of [token, `{"token": ${token}}`, `{"token": "${token}`]) {
      const response = await fetch(
        `${backend.address}/api/ci-credentials/verify`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        },
      );
      expect(response.status).toBe(400);
      expect(await response.text()).not.toContain(token.slice(0, 12));
    }
  });

  it('refuses entities and sources of others', async () => {
    const { token } = await create();
    await expectRefusal(
      await report(token, { entityRefs: [ledger, billing] }),
      403,
      'The pipeline https://ci.example/ledger may not speak for component:default/billing',
      token,
    );
    for (const source of [
      'https://ci.example/billing',
      'https://ci.example/ledger-too',
      'https://ci.example/ledger/../billing',
      'https://ci.example/ledger/runs\\%2E%2e/%2e./billing',
    ]) {
      await expectRefusal(
        await report(token, { source }),
        403,
        `may not speak as ${source}`,
        token,
      );
    }
  });

  it('refuses what is no entity as such', async () => {
    const { token } = await create();
    for (const ref of ['ledger', '', 'component:']) {
      await expectRefusal(
        await report(token, { entityRefs: [ref] }),
        400,
        `${JSON.stringify(ref)} is not a full entity ref`,
        token,
      );
    }
  });

  it('keeps pipelines out of everything that is not listed', async () => {
    const { token } = await create();
    await expectRefusal(
      await report(token, {}, 'secrets-of-others'),
      403,
      "access is restricted to plugin(s) 'reports', 'ci-credentials'",
      token,
    );
    await expectRefusal(
      await backend.call('/api/catalog/entities', { token }),
      403,
      'access is restricted to plugin(s)',
      token,
    );
    await expectRefusal(
      await backend.call('/api/reports/wipes', {
        token,
        body: { entityRefs: [ledger] },
      }),
      403,
      'The token may not do that',
      token,
    );
    // Not even when somebody lists it
    await expectRefusal(
      await backend.call(CREDENTIALS, { token }),
      403,
      'A pipeline cannot look after the credentials of pipelines',
      token,
    );
    // Others are no pipelines
    const answer = await report(STATIC_TOKEN);
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toBe('This is for pipelines');
    expect(
      (
        await backend.call('/api/ci-credentials/principals/ci:token:x', {
          token: STATIC_TOKEN,
        })
      ).status,
    ).toBe(403);
  });

  describe('GitHub Actions', () => {
    it('lets a workflow speak for what comes from its repository', async () => {
      const token = await github.token();
      const answer = await report(token, {
        entityRefs: ['component:default/sourced'],
        source: `https://${GITHUB_HOST}/Kestrelvale/Sourced/actions/runs/1`,
      });
      expect(answer.body).toEqual({
        subject: `ci:github:${GITHUB_HOST}:kestrelvale/sourced`,
        source: `https://${GITHUB_HOST}/kestrelvale/sourced`,
        entityRefs: ['component:default/sourced'],
        ownEntityRefs: ['component:default/sourced'],
        sourceVerified: true,
      });
      const slugged = await report(
        await github.token({ claims: { repository: 'Kestrelvale/slugged' } }),
        { entityRefs: ['component:default/slugged'] },
      );
      // An entity from another host has the same slug
      expect(slugged.body.entityRefs).toEqual(['component:default/slugged']);
    });

    it('tells its own entities from those that claim its repository', async () => {
      const claimed = async (repository: string) =>
        (
          await report(await github.token({ claims: { repository } }), {
            entityRefs: [],
          })
        ).body;
      await eventually('all were read', async () => {
        const { entityRefs } = await claimed('Kestrelvale/Victim');
        return entityRefs?.length === 3;
      });
      expect(await claimed('Kestrelvale/Victim')).toMatchObject({
        // Discovery's own entity for the file that it found is none of them
        ownEntityRefs: ['component:default/victim'],
        entityRefs: [
          'component:default/claims-by-slug',
          'component:default/claims-by-source',
          'component:default/victim',
        ],
      });
      // Without one that was read there, those who name it are all there are
      expect(await claimed('Kestrelvale/Away')).toMatchObject({
        ownEntityRefs: ['component:default/named-away'],
        entityRefs: ['component:default/named-away'],
      });
    });

    it('does not ask for the keys at every request', async () => {
      await report(await github.token(), { entityRefs: [] });
      const before = github.requests;
      await report(await github.token(), { entityRefs: [] });
      expect(github.requests).toBe(before);
    });

    it.each<[string, () => Promise<string>, number, RegExp]>([
      [
        'for another audience',
        () => github.token({ claims: { aud: 'https://elsewhere.example' } }),
        401,
        /is for another audience than https:\/\/portal\.example$/,
      ],
      [
        'of another issuer',
        () => github.token({ claims: { iss: 'https://issuer.example' } }),
        401,
        /^Illegal token$/,
      ],
      [
        'that has expired',
        () => github.token({ claims: { exp: 1_700_000_000 } }),
        401,
        /expired on 2023-11-14T22:13:20.000Z$/,
      ],
      [
        'that is not valid yet',
        () =>
          github.token({
            claims: { nbf: Math.floor(Date.now() / 1000) + 600 },
          }),
        401,
        /has a wrong claim: "nbf"/,
      ],
      [
        'without an end',
        () => github.token({ claims: { exp: undefined } }),
        401,
        /has a wrong claim: missing required "exp"/,
      ],
      [
        'without a repository',
        () => github.token({ claims: { repository: undefined } }),
        401,
        /does not say for which repository/,
      ],
      [
        'with a made-up repository',
        () => github.token({ claims: { repository: '../../ledger' } }),
        401,
        /does not say for which repository/,
      ],
      [
        'of a pull request',
        () => github.token({ claims: { ref: 'refs/pull/7/merge' } }),
        403,
        /^Workflows for refs\/pull\/7\/merge are not accepted/,
      ],
      [
        'with changed claims',
        async () => {
          const [header, payload, signature] = (await github.token()).split(
            '.',
          );
          const claims = JSON.parse(
            Buffer.from(payload, 'base64url').toString(),
          );
          claims.repository = 'Kestrelvale/Slugged';
          return [
            header,
            Buffer.from(JSON.stringify(claims)).toString('base64url'),
            signature,
          ].join('.');
        },
        401,
        /has a wrong signature$/,
      ],
      [
        'signed with another key',
        async () =>
          github.token({ key: (await generateKeyPair('RS256')).privateKey }),
        401,
        /has a wrong signature$/,
      ],
      [
        'signed with a key nobody knows',
        async () =>
          github.token({
            header: { kid: 'key-2' },
            key: (await generateKeyPair('RS256')).privateKey,
          }),
        401,
        /is signed with a key that the issuer does not have$/,
      ],
      [
        'signed with the public key as a password',
        () =>
          github.token({
            header: { alg: 'HS256' },
            key: github.publicKeyText,
          }),
        401,
        /is signed in another way than RS256$/,
      ],
      [
        'signed by nobody',
        async () => {
          const [, payload] = (await github.token()).split('.');
          const header = Buffer.from(
            JSON.stringify({ alg: 'none', typ: 'JWT' }),
          ).toString('base64url');
          return `${header}.${payload}.c2ln`;
        },
        401,
        /is signed in another way than RS256$/,
      ],
    ])('refuses a token %s', async (_, make, status, reason) => {
      const token = await make();
      await expectRefusal(
        await report(token, { entityRefs: ['component:default/sourced'] }),
        status,
        reason,
        token,
      );
    });

    it('refuses what the entities do not agree to', async () => {
      const stranger = await github.token({
        claims: { repository: 'stranger/repository' },
      });
      await expectRefusal(
        await report(stranger, { entityRefs: ['component:default/sourced'] }),
        403,
        `No entity of the catalog comes from https://${GITHUB_HOST}/stranger/repository`,
        stranger,
      );
      const token = await github.token();
      for (const name of ['neighbour', 'slugged', 'ledger']) {
        await expectRefusal(
          await report(token, { entityRefs: [`component:default/${name}`] }),
          403,
          `The pipeline https://${GITHUB_HOST}/kestrelvale/sourced may not speak for component:default/${name}`,
          token,
        );
      }
    });
  });

  describe('what plugins issue', () => {
    const key = 'https://git.example/payments/fresh';
    const fresh = 'component:default/fresh';
    const issue = () =>
      scaffolder.ciCredentials.issueFor({
        key,
        source: key,
        entityRef: fresh,
        description: 'Issued for a new repository',
      });
    const works = async (token: string) =>
      (await report(token, { entityRefs: [fresh] })).status === 201;

    it('replaces without a moment in which no token works', async () => {
      const first = await issue();
      expect(first.credential).toMatchObject({
        issuedBy: 'golden-path',
        createdBy: 'plugin:scaffolder',
        entityRefs: [fresh],
      });
      const second = await issue();
      expect(await works(first.token)).toBe(true);
      expect(await works(second.token)).toBe(true);

      await scaffolder.ciCredentials.settle({
        key,
        keep: second.credential.id,
      });
      expect(await works(first.token)).toBe(false);
      expect(await works(second.token)).toBe(true);
      const { items } = await scaffolder.ciCredentials.listIssued();
      expect(items).toEqual([
        {
          id: second.credential.id,
          key,
          source: key,
          entityRefs: [fresh],
          expiresAt: second.credential.expiresAt,
        },
      ]);
    });

    it('revokes with the repository', async () => {
      const { token } = await issue();
      await scaffolder.events.publish([
        { type: 'repository.updated', url: key },
        { type: 'repository.deleted', url: `${key}-too` },
      ]);
      expect(await works(token)).toBe(true);
      await scaffolder.events.publish([
        { type: 'repository.deleted', url: `${key.toUpperCase()}.git` },
      ]);
      const { body } = await report(token);
      expect(body.error.message).toMatch(/: the repository was deleted$/);

      const { token: next } = await issue();
      await scaffolder.ciCredentials.revokeFor({ key, reason: 'undone' });
      expect((await report(next)).body.error.message).toMatch(/: undone$/);
      expect((await scaffolder.ciCredentials.listIssued()).items).toEqual([]);
    });

    it('issues for the plugins of the configuration only', async () => {
      await expect(
        other.ciCredentials.issueFor({ key, source: key, entityRef: fresh }),
      ).rejects.toThrow(
        'The plugin somebody is not among ciCredentials.issuers',
      );
      for (const path of ['/issued', '/issued/settle', '/issued/revoke']) {
        for (const caller of [
          { user: 'platform' },
          { token: STATIC_TOKEN },
          {},
        ]) {
          const { status } = await backend.call(`/api/ci-credentials${path}`, {
            ...caller,
            body: {
              key,
              source: key,
              entityRef: fresh,
              keep: 'x',
              reason: 'x',
            },
          });
          expect([401, 403]).toContain(status);
        }
      }
      expect((await scaffolder.ciCredentials.listIssued()).items).toEqual([]);
    });
  });

  it('writes no token anywhere', async () => {
    const { token } = await create();
    await report(token);
    const { token: issued } = await scaffolder.ciCredentials.issueFor({
      key: 'https://git.example/payments/grep',
      source: 'grep',
      entityRef: ledger,
    });
    await report(issued);
    const oidc = await github.token();
    await report(oidc, { entityRefs: [] });

    expect(
      await backend.database.find('https://git.example/payments/grep'),
    ).not.toEqual([]);
    expect(backend.logger.text).toContain('token-verify');
    for (const secret of [
      token.split('_')[3],
      issued.split('_')[3],
      oidc.split('.')[2],
    ]) {
      expect(await backend.database.find(secret)).toEqual([]);
      expect(backend.logger.text).not.toContain(secret);
    }
  });
});

describe('of two GitHubs', () => {
  it('neither speaks for an entity that does not say which it means', async () => {
    const audience = 'https://portal.example';
    const [github, other] = [
      await GithubIssuer.start(),
      await GithubIssuer.start(),
    ];
    const kept: string[] = [];
    const backend = await startCiCredentials({
      databaseId: 'SQLITE_3',
      externalAccess,
      config: {
        github: [
          { host: GITHUB_HOST, issuer: github.issuer, audience },
          { host: 'other.example', issuer: other.issuer, audience },
        ],
      },
      features: [ciCredentialsTokens, testConsumer('reports', kept)],
    });
    try {
      const report = async (
        issuer: GithubIssuer,
        repository: string,
        name: string,
      ) =>
        backend.call('/api/reports/reports', {
          token: await issuer.token({ claims: { repository } }),
          body: { entityRefs: [`component:default/${name}`] },
        });
      for (const issuer of [github, other]) {
        const answer = await report(issuer, 'kestrelvale/slugged', 'slugged');
        expect(answer.status).toBe(403);
      }
      expect(kept).toEqual([]);
      const slug = await report(other, 'kestrelvale/slugged', 'elsewhere');
      expect(slug.status).toBe(201);
      const sourced = await report(github, 'kestrelvale/sourced', 'sourced');
      expect(sourced.status).toBe(201);
    } finally {
      await backend.stop();
      await github.stop();
      await other.stop();
    }
  });
});

describe('an issuer that is gone', () => {
  it('is no refusal, and is asked again', async () => {
    const github = await GithubIssuer.start();
    const kept: string[] = [];
    const backend = await startCiCredentials({
      databaseId: 'SQLITE_3',
      externalAccess,
      config: {
        github: [
          {
            host: GITHUB_HOST,
            issuer: github.issuer,
            audience: 'https://portal.example',
          },
        ],
      },
      features: [ciCredentialsTokens, testConsumer('reports', kept)],
    });
    try {
      const report = async () =>
        backend.call('/api/reports/reports', {
          token: await github.token(),
          body: { entityRefs: ['component:default/sourced'] },
        });
      github.failure = 500;
      const answer = await report();
      expect(answer.status).toBe(503);
      expect(answer.body.error.message).toContain('does not tell its keys now');
      expect(kept).toEqual([]);

      github.failure = undefined;
      expect((await report()).status).toBe(201);
    } finally {
      await backend.stop();
      await github.stop();
    }
  });
});

describe('a configuration', () => {
  it.each([
    [{ host: 'https://github.example' }, 'github[0].host must be a host name'],
    [{ issuer: 'http://github.example' }, 'github[0].issuer must be an https'],
    [{ issuer: 'https://github.example/' }, 'github[0].issuer must be'],
    [{ audience: undefined }, 'audience'],
    [{ refs: ['main'] }, 'github[0].refs must hold full refs'],
    [{ refs: ['refs/*/main'] }, 'github[0].refs must hold full refs'],
  ])('that is wrong is refused: %j', async (wrong, message) => {
    await expect(
      startCiCredentials({
        databaseId: 'SQLITE_3',
        config: {
          github: [{ host: 'github.example', audience: 'portal', ...wrong }],
        },
      }),
    ).rejects.toThrow(message);
  });

  it('says which refs are believed', async () => {
    const github = await GithubIssuer.start();
    const backend = await startCiCredentials({
      databaseId: 'SQLITE_3',
      config: {
        github: [
          {
            host: GITHUB_HOST,
            issuer: github.issuer,
            audience: 'https://portal.example',
            refs: ['refs/heads/main', 'refs/tags/v*'],
          },
        ],
      },
    });
    try {
      const status = async (ref: string) =>
        (
          await backend.call('/api/ci-credentials/verify', {
            body: { token: await github.token({ claims: { ref } }) },
          })
        ).status;
      expect(await status('refs/heads/main')).toBe(200);
      expect(await status('refs/tags/v1.2')).toBe(200);
      expect(await status('refs/heads/main2')).toBe(403);
      expect(await status('refs/heads/refs/tags/v1')).toBe(403);
    } finally {
      await backend.stop();
      await github.stop();
    }
  });
});

describe('a configuration that lets pipelines do too much', () => {
  it.each([
    [undefined, 'accessRestrictions must list what pipelines may do'],
    [[], 'accessRestrictions must list what pipelines may do'],
    [[{ plugin: 'catalog' }], 'permission must name the permissions'],
  ])('is refused: %p', async (accessRestrictions, message) => {
    await expect(
      startCiCredentials({
        databaseId: 'SQLITE_3',
        externalAccess: [
          {
            type: 'ci-credentials',
            options: {},
            ...(accessRestrictions ? { accessRestrictions } : {}),
          },
        ],
        features: [ciCredentialsTokens],
      }),
    ).rejects.toThrow(message);
  });
});
