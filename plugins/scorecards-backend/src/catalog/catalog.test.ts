import { databases } from '../__testUtils__/databases';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';

jest.setTimeout(120_000);

const service = (name: string, spec: object = {}) => ({
  kind: 'Component',
  metadata: { name, title: `The ${name}` },
  spec: { type: 'service', lifecycle: 'production', owner: 'ops', ...spec },
});

describe.each(databases.eachSupportedId())(
  'what the catalog has, on %s',
  id => {
    let scorecards: Scorecards;
    beforeAll(async () => {
      scorecards = await startScorecards({ id, entities: [service('ledger')] });
    });
    afterAll(() => scorecards?.stop());

    it('is taken over', async () => {
      const rows = await scorecards.knex('subjects').select('*');
      expect(rows).toEqual([
        expect.objectContaining({
          ref: 'component:default/ledger',
          title: 'The ledger',
          owner_ref: 'group:default/ops',
          version: 1,
        }),
      ]);
      await scorecards.catalog.put(service('ledger', { lifecycle: 'x' }));
      expect(await scorecards.knex('subjects').pluck('version')).toEqual([2]);
    });
  },
);
