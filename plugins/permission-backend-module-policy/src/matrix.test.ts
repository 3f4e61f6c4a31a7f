import { TestDatabases } from '@backstage/backend-test-utils';
import { COLUMNS, Column, MATRIX } from './__testUtils__/matrix';
import { createProbes } from './__testUtils__/probes';
import { Portal, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
// Who may do what does not depend on it
const oneOfThem = databases.eachSupportedId().slice(-1);
const columns = Object.keys(COLUMNS) as Column[];

describe.each(oneOfThem)('who can do what, %p', id => {
  let portal: Portal;
  let probes: Awaited<ReturnType<typeof createProbes>>;

  beforeAll(async () => {
    portal = await startPortal({ databases, id });
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
