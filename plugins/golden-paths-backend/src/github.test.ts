import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { eventually } from '@waymark/backend-test-support';
import { databases } from './__testUtils__/databases';
import { Github, startGithub } from './__testUtils__/startGithub';
import { startGithubCatalog } from './__testUtils__/startGithubCatalog';
import { SECRET } from './__testUtils__/webhook';

jest.setTimeout(180_000);

const ORGANIZATION = 'kestrelvale-rail';

const componentYaml = (name: string, description: string) => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name}, description: ${description} }
spec: { type: service, lifecycle: production, owner: group:default/ticketing }
`;
const apiYaml = `
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: fares }
spec:
  type: openapi
  lifecycle: production
  owner: group:default/ticketing
  definition: { $text: ./openapi.yaml }
`;

// Each way to speak to GitHub, and each database, once
const ids = databases.eachSupportedId().map(([id]) => id);
const cases = [
  [ids[0], 'token'],
  [ids.at(-1) ?? ids[0], 'app'],
] as const;

describe.each(cases)('GitHub in the catalog, on %s, with %s', (id, access) => {
  let github: Github;
  let catalog: Awaited<ReturnType<typeof startGithubCatalog>>;

  beforeAll(async () => {
    github = await startGithub({
      organization: {
        login: ORGANIZATION,
        teams: [
          { name: 'Ticketing', members: ['maren-osei'] },
          { name: 'Gates', parent: 'ticketing', members: ['joel-hartwig'] },
        ],
        repositories: [
          {
            name: 'fares',
            files: {
              'catalog-info.yaml': `${componentYaml(
                'fares',
                'First',
              )}---${apiYaml}`,
              'openapi.yaml': 'openapi: 3.0.0',
            },
          },
          { name: 'notes', files: { 'README.md': 'Nothing for a catalog' } },
          { name: 'empty' },
        ],
      },
      users: [
        { login: 'maren-osei', name: 'Maren Osei', role: 'member' },
        { login: 'joel-hartwig', name: 'Joel Hartwig', role: 'member' },
      ],
    });
    catalog = await startGithubCatalog({
      id,
      github,
      access,
      organization: ORGANIZATION,
    });
    await github.control('PUT', '/webhook', {
      url: catalog.webhookUrl,
      secret: SECRET,
    });
  });
  afterAll(async () => {
    await catalog?.stop();
    await github?.stop();
  });

  const repository = (name: string) => `${ORGANIZATION}/${name}`;
  const create = (name: string) =>
    github.rest('POST', `/orgs/${ORGANIZATION}/repos`, { name });
  const described =
    (text: string) => (found: { metadata: { description?: string } }) =>
      found.metadata.description === text;

  it('finds repositories made elsewhere, people and teams', async () => {
    const fares = await catalog.seen('component:default/fares');
    expect(fares.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': `url:${github.url}/kestrelvale-rail/fares/tree/main/catalog-info.yaml`,
    });

    const maren = await catalog.seen(
      'user:default/maren-osei',
      ({ relations = [] }) => relations.length > 0,
    );
    const { node_id: nodeId } = await github.rest('GET', '/users/maren-osei');
    expect(maren.metadata.annotations).toMatchObject({
      'github.com/user-login': 'maren-osei',
      'github.com/user-id': nodeId,
    });
    expect(maren.relations).toContainEqual({
      type: RELATION_MEMBER_OF,
      targetRef: 'group:default/ticketing',
    });
    const gates = await catalog.seen('group:default/gates');
    expect(gates.spec).toMatchObject({ type: 'team', parent: 'ticketing' });
    expect(gates.metadata.annotations).toMatchObject({
      'github.com/team-slug': 'kestrelvale-rail/gates',
    });
  });

  it('follows a push, also to a file that the entity file names', async () => {
    await expect(
      catalog.seen('component:default/fares', described('First')),
    ).resolves.toBeDefined();
    await github.write(
      repository('fares'),
      'catalog-info.yaml',
      `${componentYaml('fares', 'Second')}---${apiYaml}`,
    );
    await expect(
      catalog.seen('component:default/fares', described('Second')),
    ).resolves.toBeDefined();

    await github.write(repository('fares'), 'openapi.yaml', 'openapi: 3.1.0');
    await expect(
      catalog.seen(
        'api:default/fares',
        ({ spec }) => spec?.definition === 'openapi: 3.1.0',
      ),
    ).resolves.toBeDefined();
  });

  it('takes in a new repository, its rename, its other branch and its end', async () => {
    await create('gate-control');
    await github.write(
      repository('gate-control'),
      'catalog-info.yaml',
      componentYaml('gate-control', 'New'),
    );
    await expect(
      catalog.seen('component:default/gate-control'),
    ).resolves.toBeDefined();

    const at =
      (path: string) =>
      (found: { metadata: { annotations?: Record<string, string> } }) =>
        found.metadata.annotations?.['backstage.io/managed-by-location'] ===
        `url:${github.url}/${path}/catalog-info.yaml`;
    await github.rest('PATCH', `/repos/${repository('gate-control')}`, {
      name: 'gates',
    });
    await expect(
      catalog.seen(
        'component:default/gate-control',
        at('kestrelvale-rail/gates/tree/main'),
      ),
    ).resolves.toBeDefined();

    const { object } = await github.rest(
      'GET',
      `/repos/${repository('gates')}/git/ref/heads/main`,
    );
    await github.rest('POST', `/repos/${repository('gates')}/git/refs`, {
      ref: 'refs/heads/trunk',
      sha: object.sha,
    });
    await github.rest('PATCH', `/repos/${repository('gates')}`, {
      default_branch: 'trunk',
    });
    await expect(
      catalog.seen(
        'component:default/gate-control',
        at('kestrelvale-rail/gates/tree/trunk'),
      ),
    ).resolves.toBeDefined();

    await github.rest('DELETE', `/repos/${repository('gates')}`);
    await expect(catalog.gone('component:default/gate-control')).resolves.toBe(
      true,
    );
  });

  it('takes in a file that a repository did not have, and lets go of it', async () => {
    await github.write(
      repository('notes'),
      'catalog-info.yaml',
      componentYaml('notes', 'Late'),
    );
    await expect(
      catalog.seen('component:default/notes'),
    ).resolves.toBeDefined();
    const { sha } = await github.rest(
      'GET',
      `/repos/${repository('notes')}/contents/catalog-info.yaml`,
    );
    await github.rest(
      'DELETE',
      `/repos/${repository('notes')}/contents/catalog-info.yaml`,
      { message: 'Remove', sha },
    );
    await expect(catalog.gone('component:default/notes')).resolves.toBe(true);
  });

  it('follows who is in a team', async () => {
    await github.rest(
      'PUT',
      `/orgs/${ORGANIZATION}/teams/gates/memberships/maren-osei`,
      { role: 'member' },
    );
    await expect(
      catalog.seen('user:default/maren-osei', ({ relations = [] }) =>
        relations.some(({ targetRef }) => targetRef === 'group:default/gates'),
      ),
    ).resolves.toBeDefined();
  });

  it('takes nothing from GitHub twice', async () => {
    const deliveries: { id: number; event: string; status_code: number }[] =
      await github.control('GET', '/deliveries?settled');
    expect(deliveries.length).toBeGreaterThan(5);
    expect(
      deliveries.filter(({ status_code: status }) => status !== 202),
    ).toEqual([]);
    const again = await github.control(
      'POST',
      `/deliveries/${deliveries[0].id}/redeliver`,
    );
    expect(again).toMatchObject({
      status_code: 409,
      response: { payload: expect.stringContaining('was accepted at') },
    });
  });

  it('takes in a repository that somebody else in the portal made, without webhooks', async () => {
    await github.control('PUT', '/webhook', {
      url: catalog.webhookUrl,
      secret: SECRET,
      active: false,
      events: ['ping'],
    });
    const make = async (name: string) => {
      await create(name);
      return {
        type: 'repository.created' as const,
        url: `${github.url}/${repository(name)}`,
      };
    };
    const fill = (name: string) =>
      github.write(
        repository(name),
        'catalog-info.yaml',
        componentYaml(name, 'Quiet'),
      );

    const signals = await make('signals');
    await fill('signals');
    expect(await catalog.entity('component:default/signals')).toBeUndefined();
    // What is nowhere to be found keeps nothing from what is
    await catalog.publish(
      { ...signals, url: `${github.url}/nobody/nothing` },
      { ...signals, url: 'https://git.example.com/a/b' },
      signals,
    );
    await expect(
      catalog.seen('component:default/signals'),
    ).resolves.toBeDefined();

    // A copy is filled after it was created
    await catalog.publish(await make('points'));
    await fill('points');
    await expect(
      catalog.seen('component:default/points'),
    ).resolves.toBeDefined();
  });
});

describe('GitHub in the catalog, without looking whether files exist', () => {
  it('reads a Location again when its file comes', async () => {
    const github = await startGithub({
      organization: {
        login: ORGANIZATION,
        repositories: [{ name: 'notes', files: { 'README.md': 'Nothing' } }],
      },
      users: [],
    });
    const catalog = await startGithubCatalog({
      id: 'SQLITE_3',
      github,
      access: 'token',
      organization: ORGANIZATION,
      provider: { validateLocationsExist: false },
    });
    try {
      await github.control('PUT', '/webhook', {
        url: catalog.webhookUrl,
        secret: SECRET,
      });
      // It is seen once the first look at the empty place is over
      await eventually('the Location', () => catalog.has('location'));
      expect(
        (await github.control('GET', '/requests')).some(
          ({ path }: { path: string }) =>
            path.includes('/contents/catalog-info.yaml'),
        ),
      ).toBe(true);
      await github.write(
        `${ORGANIZATION}/notes`,
        'catalog-info.yaml',
        componentYaml('notes', 'Late'),
      );
      await expect(
        catalog.seen('component:default/notes'),
      ).resolves.toBeDefined();
    } finally {
      await catalog.stop();
      await github.stop();
    }
  });
});
