import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  describePlan,
  readPlan,
  readSteps,
} from '../bench/scorecards/plans.mjs';
import { expected } from '../fault/scorecards/company.mjs';

describe('plans of queries', () => {
  it('are read from PostgreSQL, with all workers of a scan', () => {
    const plan = {
      'Node Type': 'Nested Loop',
      Plans: [
        {
          'Node Type': 'Seq Scan',
          'Relation Name': 'outcomes',
          'Actual Rows': 300,
          'Rows Removed by Filter': 33.33,
          'Actual Loops': 3,
        },
        {
          'Node Type': 'Index Only Scan',
          'Relation Name': 'subjects',
          'Index Name': 'subjects_pkey',
        },
      ],
    };
    assert.equal(
      describePlan(readPlan(plan)),
      'by subjects_pkey; reads outcomes whole (1000 rows)',
    );
  });

  it('are read from SQLite', () => {
    const steps = [
      'SCAN outcomes',
      'SEARCH subjects USING INTEGER PRIMARY KEY (rowid=?)',
      'SEARCH standings USING COVERING INDEX standings_level_idx (scorecard_id=?)',
      'SCAN subject_search USING INDEX subject_search_value_idx',
    ];
    assert.equal(
      describePlan(readSteps(steps)),
      'by standings_level_idx, subject_search_value_idx; reads outcomes whole',
    );
  });
});

describe('what is expected while things break', () => {
  it('is a level when the lower one is reached, too', () => {
    const facts = { 'load.first': 10, 'load.second': 90 };
    assert.deepEqual(expected({ facts, lifecycle: 'production' }), {
      'scorecard:default/load': {
        outcomes: { first: 'fail', second: 'pass' },
        level: undefined,
      },
      'scorecard:default/life': {
        outcomes: { third: 'noData', production: 'pass' },
        level: undefined,
      },
    });
  });
});
