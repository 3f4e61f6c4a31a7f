import { Github, startGithub } from '@waymark/backend-test-support';
import ciCredentialsTokens from '@waymark/plugin-ci-credentials-node';
import {
  CiCredentialsBackend,
  startCiCredentials,
} from './__testUtils__/startCiCredentials';
import { testConsumer } from './__testUtils__/testConsumer';

jest.setTimeout(120_000);

const AUDIENCE = 'https://portal.example';
const sourced = 'component:default/sourced';

describe('workflows of a whole GitHub', () => {
  let github: Github;
  let backend: CiCredentialsBackend;
  const kept: string[] = [];

  beforeAll(async () => {
    github = await startGithub();
    backend = await startCiCredentials({
      databaseId: 'SQLITE_3',
      githubUrl: github.url,
      externalAccess: [
        {
          type: 'ci-credentials',
          options: {},
          accessRestrictions: [
            { plugin: 'reports', permission: 'reports.push' },
          ],
        },
      ],
      config: {
        github: [
          {
            host: github.host,
            issuer: github.oidc.issuer,
            audience: AUDIENCE,
          },
        ],
      },
      features: [ciCredentialsTokens, testConsumer('reports', kept)],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await github?.stop();
  });

  async function mint(wanted: object): Promise<{ value: string }> {
    const response = await fetch(`${github.url}/_control/oidc/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
    });
    return response.json();
  }

  async function report(wanted: object) {
    const { value: token } = await mint({
      repository: 'Kestrelvale/Sourced',
      audience: AUDIENCE,
      ...wanted,
    });
    return backend.call('/api/reports/reports', {
      token,
      body: { entityRefs: [sourced] },
    });
  }

  it('speak for what comes from their repository', async () => {
    const answer = await report({});
    expect(answer.body).toEqual({
      subject: `ci:github:${github.host}:kestrelvale/sourced`,
      source: `${github.url}/kestrelvale/sourced`,
      entityRefs: [sourced],
      ownEntityRefs: [sourced],
      sourceVerified: true,
    });
    const tag = await report({ ref: 'refs/tags/v1.0.0' });
    expect(tag.status).toBe(201);
  });

  it('are refused with the reason', async () => {
    kept.length = 0;
    for (const [wanted, status, reason] of [
      [{ key: 'foreign' }, 401, 'has a wrong signature'],
      [{ algorithm: 'none' }, 401, 'is signed in another way than RS256'],
      [{ expiresInSeconds: -60 }, 401, 'expired on '],
      [{ audience: undefined }, 401, 'is for another audience'],
      [{ claims: { repository: null } }, 401, 'for which repository'],
      [{ ref: 'refs/pull/1/merge' }, 403, 'are not accepted'],
      [{ repository: 'kestrelvale/other' }, 403, 'No entity of the catalog'],
    ] as const) {
      const answer = await report(wanted);
      expect(answer.body.error.message).toContain(reason);
      expect(answer.status).toBe(status);
    }
    expect(kept).toEqual([]);
  });
});
