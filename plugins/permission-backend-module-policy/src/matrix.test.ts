import { TestDatabases } from '@backstage/backend-test-utils';
import { COLUMNS, Column, MATRIX } from './__testUtils__/matrix';
import { createProbes } from './__testUtils__/probes';
import { Portal, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const columns = Object.keys(COLUMNS) as Column[];

describe.each(databases.eachSupportedId())('who can do what, %p', id => {
  let portal: Portal;
  let probes: Awaited<ReturnType<typeof createProbes>>;

  beforeAll(async () => {
    portal = await startPortal({ database: await databaseConfig(id) });
    probes = await createProbes(portal);
  });

  afterAll(() => portal?.stop());

  describe.each(Object.entries(MATRIX))('%s', (_area, rows) => {
    it.each(Object.keys(rows))('%s', async key => {
      const { cells } = rows[key];
      expect(cells).toHaveLength(columns.length);
      const found: Record<string, string> = {};
      for (const column of columns) {
        found[column] = await probes[key](column);
      }
      expect(found).toEqual(
        Object.fromEntries(columns.map((column, i) => [column, cells[i]])),
      );
    });
  });

  it('has a row for every probe', () => {
    expect(Object.values(MATRIX).flatMap(Object.keys).sort()).toEqual(
      Object.keys(probes).sort(),
    );
  });

  it('lets nobody in as a guest outside development', async () => {
    const response = await fetch(`${portal.baseUrl}/api/auth/guest/refresh`);
    expect(response.status).toBe(403);
  });
});

async function databaseConfig(id: Parameters<typeof databases.init>[0]) {
  if (id === 'SQLITE_3') {
    return { client: 'better-sqlite3', connection: ':memory:' };
  }
  const knex = await databases.init(id);
  const { host, port, user, password, database } =
    knex.client.connectionSettings;
  return {
    client: 'pg',
    connection: { host, port, user, password, database },
    pluginDivisionMode: 'schema',
    knexConfig: { pool: { min: 0, max: 5 } },
  };
}
