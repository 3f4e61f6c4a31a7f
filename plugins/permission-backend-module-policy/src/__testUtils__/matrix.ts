/** Whom the columns are about; all but the first and the last sign in. */
export const COLUMNS = {
  anonymous: 'Not signed in',
  stranger: 'Signed in, in no group',
  'other-engineer': 'Engineer of another squad',
  engineer: 'Engineer of the squad that owns it',
  'squad-lead': 'Lead of that squad',
  platform: 'Platform',
  'platform-sub-group': 'Member of a sub-group of Platform',
  leader: 'Leader',
  auditor: 'Auditor',
  'auditor-in-squad': 'Auditor who is also in that squad',
  'auditor-in-platform': 'Auditor who is also in Platform',
  pipeline: 'Pipeline with a CI credential of the component',
} as const;

export type Column = keyof typeof COLUMNS;
export type Person = Exclude<Column, 'anonymous' | 'pipeline'>;

export const PERSONS = Object.keys(COLUMNS).filter(
  (column): column is Person => column !== 'anonymous' && column !== 'pipeline',
);

/** In the order of the columns, one letter each. */
type Cells = string;

/**
 * What each letter says in the documentation. A list shows `a`ll there is, what
 * is `o`pen to all, only one's own (`m`ine), or nothing (`-`).
 */
export const LETTERS: Record<string, string> = {
  y: 'yes',
  '-': '–',
  a: 'all',
  o: 'open',
  m: 'own',
};

export interface MatrixRow {
  what: string;
  cells: Cells;
}

/**
 * Who can do what with the default policy. Every cell is tried over HTTP, see
 * matrix.test.ts; the table in docs/permissions.md shows the same.
 *
 * Columns: anonymous, stranger, other engineer, engineer, lead, platform, platform
 * by sub-group, leader, auditor, auditor in the squad, auditor in platform, pipeline.
 */
export const MATRIX: Record<string, Record<string, MatrixRow>> = {
  Catalog: {
    'read-entity': { what: 'Read a component', cells: '-yyyyyyyyyy-' },
    'refresh-entity': {
      what: 'Have a component refreshed',
      cells: '---yyyy-----',
    },
    'delete-entity': { what: 'Remove a component', cells: '-----yy-----' },
    'register-location': { what: 'Register a file', cells: '-----yy-----' },
    'read-locations': {
      what: 'List what is registered',
      cells: '-----yy-yyy-',
    },
    'delete-location': { what: 'Unregister a file', cells: '-----yy-----' },
    'analyze-location': {
      what: 'Have a repository analysed',
      cells: '-----yy-----',
    },
    'validate-entity': {
      what: 'Have an entity validated',
      cells: '-----yy-----',
    },
  },
  'Templates and what is kept for a role': {
    'list-templates': {
      what: 'Templates in lists of the catalog',
      cells: '-ooooaaoaaa-',
    },
    'count-templates': {
      what: 'Templates in counts of the catalog',
      cells: '-ooooaaoaaa-',
    },
    'find-templates': {
      what: 'Templates found by searching',
      cells: '-ooooaaoaaa-',
    },
    'read-kept': {
      what: 'Open a template kept for Platform',
      cells: '-----yy-yyy-',
    },
    'ancestry-kept': {
      what: 'Ask where such a template came from',
      cells: '-----yy-yyy-',
    },
    'docs-kept': {
      what: 'Read the documentation of such a template',
      cells: '-----yy-yyy-',
    },
    'form-open': {
      what: 'See the form of a template for all',
      cells: '-yyyyyyyyyy-',
    },
    'form-kept': {
      what: 'See the form of a template kept for Platform',
      cells: '-----yy-yyy-',
    },
    'form-page-kept': {
      what: 'See a page of a form kept for Platform',
      cells: '-----yy-yyy-',
    },
  },
  Runs: {
    'run-open': { what: 'Run a template for all', cells: '--yyyyyy----' },
    'run-kept': {
      what: 'Run a template kept for Platform',
      cells: '-----yy-----',
    },
    'run-step-kept': {
      what: 'Run a step kept for Platform',
      cells: '-----yy-----',
    },
    'dry-run': {
      what: 'Try a template of one’s own making',
      cells: '-----yy-----',
    },
    'list-runs': { what: 'Runs in the list of runs', cells: '-mmmmaamaaa-' },
    'read-foreign-run': {
      what: 'Read somebody else’s run',
      cells: '-----yy-yyy-',
    },
    'log-of-foreign-run': {
      what: 'Read the log of somebody else’s run',
      cells: '-----yy-yyy-',
    },
    'cancel-own-run': { what: 'Cancel one’s own run', cells: '--yyyyyy----' },
    'cancel-foreign-run': {
      what: 'Cancel somebody else’s run',
      cells: '-----yy-----',
    },
    'retry-own-run': { what: 'Retry one’s own run', cells: '--yyyyyy----' },
    'retry-foreign-run': {
      what: 'Retry somebody else’s run',
      cells: '-----yy-----',
    },
    'check-answers': {
      what: 'Have the answers to a golden path’s form checked',
      cells: '--yyyyyy----',
    },
    'result-of-foreign-run': {
      what: 'See what somebody else’s golden path made',
      cells: '-----yy-yyy-',
    },
    'undo-own-run': {
      what: 'Undo one’s own failed golden path',
      cells: '--yyyyyy----',
    },
    'undo-foreign-run': {
      what: 'Undo somebody else’s golden path',
      cells: '------------',
    },
  },
  Scorecards: {
    'read-scorecards': {
      what: 'Read the scorecards of a component',
      cells: '-yyyyyyyyyy-',
    },
    'read-scorecards-kept': {
      what: 'Read those of a template kept for Platform',
      cells: '-----yy-yyy-',
    },
    'list-results': {
      what: 'Components in the results of a scorecard',
      cells: '-yyyyyyyyyy-',
    },
    'push-fact': { what: 'Report a fact', cells: '---yyyy----y' },
    'push-foreign-fact': {
      what: 'Report a fact about what others own',
      cells: '-----yy-----',
    },
    'run-evaluation': {
      what: 'Have a component evaluated now',
      cells: '---yyyy-----',
    },
    'preview-scorecard': {
      what: 'See what a scorecard would change',
      cells: '--yyyyyy----',
    },
    'request-exemption': {
      what: 'Request an exemption',
      cells: '---yyyy-----',
    },
    'read-exemptions': {
      what: 'See who asked for an exemption, and why',
      cells: '-yyyyyyyyyy-',
    },
    'decide-exemption': {
      what: 'Decide about an exemption',
      cells: '-----yy-----',
    },
    'approve-own-exemption': {
      what: 'Approve an exemption one asked for oneself',
      cells: '------------',
    },
  },
  'Golden paths and pipelines': {
    'read-event': {
      what: 'Read what happened to a component',
      cells: '-yyyyyyyyyy-',
    },
    'push-event': { what: 'Report what happened', cells: '---yyyy----y' },
    'push-foreign-event': {
      what: 'Report what happened to what others own',
      cells: '-----yy-----',
    },
    'read-event-kept': {
      what: 'Read what happened to a template kept for Platform',
      cells: '-----yy-yyy-',
    },
    'read-unmatched-events': {
      what: 'Read events that match no entity',
      cells: '-----yy-yyy-',
    },
    'read-reports': {
      what: 'Read the metrics of delivery',
      cells: '-yyyyyyyyyy-',
    },
    'decide-deviation': {
      what: 'Decide about a deviation',
      cells: '-----yy-----',
    },
    'create-ticket': {
      what: 'Ask the platform team for help',
      cells: '-yyyyyyy----',
    },
    'manage-tickets': {
      what: 'See what everybody asked, and close it',
      cells: '-----yy-----',
    },
    'manage-history': {
      what: 'Import what happened before the portal was there',
      cells: '-----yy-----',
    },
    'read-credential': {
      what: 'See the CI credentials of a component',
      cells: '---yyyy-yyy-',
    },
    'create-credential': {
      what: 'Make a CI credential',
      cells: '---yyyy-----',
    },
    'create-foreign-credential': {
      what: 'Make one that also speaks for what others own',
      cells: '-----yy-----',
    },
    'revoke-credential': {
      what: 'Revoke a CI credential',
      cells: '---yyyy-----',
    },
    'operate-pipeline': {
      what: 'Run a pipeline, stop, restart or roll back its service',
      cells: '---yyyy-----',
    },
  },
  'Whatever a plugin added later asks': {
    'read-anything-else': {
      what: 'Read what no role names',
      cells: '--------yyy-',
    },
    'anything-else': { what: 'Do what no role names', cells: '------------' },
  },
};
