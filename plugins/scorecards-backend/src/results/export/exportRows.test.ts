import { EXPORT_COLUMNS, exportRows } from './exportRows';

describe('exportRows', () => {
  it('has as many cells for an entity of which nothing has been evaluated', () => {
    const rows = exportRows({
      scorecard: {
        ref: 'scorecard:default/quality',
        levels: [{ id: 'bronze', title: 'Bronze' }],
        rules: [],
      },
      entity: {
        ref: 'component:default/half',
        standing: { level: 0, throughExemption: false, since: 0 },
        rules: new Map(),
      },
      at: 0,
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveLength(EXPORT_COLUMNS.length);
  });
});
