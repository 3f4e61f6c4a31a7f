/**
 * Subjects with their facts, scorecards with their outcomes, and what became of
 * both over time.
 *
 * All times are milliseconds since 1970 in UTC: the same on every database, and
 * eight bytes. A subject is an entity of the catalog, of any kind. Its `version`
 * counts every change of its document and of its facts, and is counted while its
 * row is locked, so that one number says what an evaluation saw.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const time = (table, name) => table.bigInteger(name);

  await knex.schema.createTable('subjects', table => {
    table.comment('Entities of the catalog, as last seen');
    table.increments('id');
    table.string('ref', 400).notNullable().unique('subjects_ref_uniq');
    table.string('kind', 63).notNullable();
    table.string('title', 255);
    table.string('etag', 255).notNullable();
    table.string('owner_ref', 400).comment('The first owner');
    table.string('system_ref', 400);
    table.text('document').notNullable().comment('What rules see, as JSON');
    table.integer('document_version').notNullable();
    table.integer('version').notNullable();
    table
      .integer('referenced_version')
      .notNullable()
      .defaultTo(0)
      .comment('The newest version that a transition points to');
    time(table, 'due_at').comment('When it has to be evaluated next');
    time(table, 'transitioned_at')
      .notNullable()
      .defaultTo(0)
      .comment('Its newest transition; none is ever written before it');
    time(table, 'deleted_at').comment('When it left the catalog');
    table.index(['due_at'], 'subjects_due_at_idx', {
      predicate: knex.whereNotNull('due_at'),
    });
    table.index(['owner_ref'], 'subjects_owner_ref_idx');
    table.index(['system_ref'], 'subjects_system_ref_idx');
  });

  await knex.schema.createTable('subject_search', table => {
    table.comment(
      'Keys and values by which the catalog decides who may see it',
    );
    table.integer('subject_id').notNullable();
    table.string('key', 255).notNullable().comment('Lower case');
    table.string('value', 255).comment('Lower case; null when it is too long');
    table.index(['key', 'value', 'subject_id'], 'subject_search_value_idx');
    table.index(['subject_id', 'key', 'value'], 'subject_search_subject_idx');
  });

  await knex.schema.createTable('document_revisions', table => {
    table.comment('Earlier documents that a transition points to');
    table.integer('subject_id').notNullable();
    table.integer('version').notNullable();
    table.integer('until_version').notNullable().comment('Exclusive');
    table.text('document').notNullable();
    table.primary(['subject_id', 'version']);
  });

  await knex.schema.createTable('fact_names', table => {
    table.increments('id');
    table.string('name', 320).notNullable().unique('fact_names_name_uniq');
    table
      .bigInteger('max_age')
      .comment('The shortest that a live rule allows, in milliseconds');
  });

  const fact = table => {
    table.integer('subject_id').notNullable();
    table.integer('fact_id').notNullable();
    table.integer('version').notNullable().comment('From which on it holds');
    table.text('value').notNullable().comment('JSON');
    time(table, 'first_observed_at').notNullable();
    time(table, 'observed_at').notNullable().comment('Last seen like this');
    table.string('source', 1024).notNullable();
    table.string('collector_id', 63).comment('Null for pushed facts');
  };
  await knex.schema.createTable('facts', table => {
    table.comment('Facts as they are');
    fact(table);
    table.primary(['subject_id', 'fact_id']);
  });
  await knex.schema.createTable('fact_revisions', table => {
    table.comment('Earlier facts that a transition points to');
    fact(table);
    table.integer('until_version').notNullable().comment('Exclusive');
    table.primary(['subject_id', 'fact_id', 'version']);
  });

  await knex.schema.createTable('collections', table => {
    table.comment('What each collector has to do for each subject');
    table.integer('subject_id').notNullable();
    table.string('collector_id', 63).notNullable();
    table.text('state').comment('What the collector wants to remember');
    time(table, 'due_at').notNullable();
    time(table, 'lease_until').comment('Until then it belongs to one replica');
    table.string('lease', 36);
    time(table, 'succeeded_at');
    table.integer('failures').notNullable().defaultTo(0).comment('In a row');
    table.text('error').comment('Of the last attempt; its facts are stale');
    table.primary(['subject_id', 'collector_id']);
    table.index(['collector_id', 'due_at'], 'collections_due_at_idx');
  });

  await knex.schema.createTable('scorecards', table => {
    table.increments('id');
    table.string('ref', 400).notNullable().unique('scorecards_ref_uniq');
    table.integer('revision_id').notNullable().comment('The one in force');
    table.string('lifecycle', 16).notNullable();
    table
      .integer('levels_revision_id')
      .notNullable()
      .comment('Since which the levels are as they are; standings name it');
    time(table, 'deleted_at');
  });
  await knex.schema.createTable('scorecard_revisions', table => {
    table.increments('id');
    table.integer('scorecard_id').notNullable();
    time(table, 'created_at').notNullable();
    table.text('definition').notNullable().comment('The entity, as JSON');
    table
      .text('rules')
      .notNullable()
      .comment('JSON: per rule of the definition its id and its revision');
    table.index(['scorecard_id', 'created_at'], 'scorecard_revisions_idx');
  });
  await knex.schema.createTable('rules', table => {
    table.increments('id');
    table.integer('scorecard_id').notNullable();
    table.string('rule_key', 63).notNullable().comment('Its id in the file');
    table.unique(['scorecard_id', 'rule_key'], {
      indexName: 'rules_rule_key_uniq',
    });
  });
  await knex.schema.createTable('rule_revisions', table => {
    table.comment('A new one for whatever may change an outcome');
    table.increments('id');
    table.integer('rule_id').notNullable();
    table
      .string('digest', 64)
      .notNullable()
      .comment('SHA-256 of the definition');
    time(table, 'created_at').notNullable();
    table.text('definition').notNullable().comment('JSON');
    table.unique(['rule_id', 'digest'], {
      indexName: 'rule_revisions_digest_uniq',
    });
  });

  await knex.schema.createTable('outcomes', table => {
    table.comment('Outcomes as they are');
    table.integer('subject_id').notNullable();
    table.integer('rule_id').notNullable();
    table.specificType('outcome', 'smallint').notNullable();
    table.integer('rule_revision_id').notNullable();
    table.integer('version').notNullable().comment('Of the subject');
    time(table, 'since').notNullable();
    table.integer('exemption_id');
    table
      .text('detail')
      .comment('Of an error; of an exempt one: fail, noData or error');
    table.primary(['subject_id', 'rule_id']);
    table.index(['rule_id', 'outcome', 'subject_id'], 'outcomes_rule_id_idx');
  });
  await knex.schema.createTable('outcome_transitions', table => {
    table.comment('Each change of an outcome; rows are never changed');
    table.bigIncrements('id');
    table.integer('subject_id').notNullable();
    table.integer('rule_id').notNullable();
    time(table, 'at').notNullable();
    table
      .specificType('outcome', 'smallint')
      .comment('Null: from then on there is none');
    table.integer('rule_revision_id').notNullable();
    table.integer('version').notNullable().comment('Of the subject');
    table.integer('exemption_id');
    table.text('detail');
    table.index(['subject_id', 'rule_id', 'at'], 'outcome_transitions_idx');
  });

  const standing = table => {
    table.integer('subject_id').notNullable();
    table.integer('scorecard_id').notNullable();
    table
      .specificType('level', 'smallint')
      .comment('0 is no level, 1 the lowest');
    table.boolean('through_exemption').notNullable().defaultTo(false);
    table.double('score').comment('0 to 100, two decimals');
    table.integer('scorecard_revision_id').notNullable();
  };
  await knex.schema.createTable('standings', table => {
    table.comment('Level and score as they are');
    standing(table);
    time(table, 'since').notNullable();
    table.primary(['subject_id', 'scorecard_id']);
    table.index(['scorecard_id', 'level', 'subject_id'], 'standings_level_idx');
  });
  await knex.schema.createTable('standing_transitions', table => {
    table.comment('Each change of level or score');
    table.bigIncrements('id');
    standing(table);
    time(table, 'at').notNullable();
    table
      .specificType('previous_level', 'smallint')
      .comment('Null: there was no standing before');
    table
      .double('previous_score')
      .comment('Trends count back from today by these two');
    time(table, 'notified_at').comment('Null: the owner is still to be told');
    table.index(
      ['subject_id', 'scorecard_id', 'at'],
      'standing_transitions_idx',
    );
    table.index(['scorecard_id', 'at'], 'standing_transitions_at_idx');
    table.index(['notified_at', 'id'], 'standing_transitions_notified_idx');
  });
  await knex.schema.createTable('level_rollups', table => {
    table.comment(
      'How many stood where at the end of a day, if any moved on it',
    );
    table.integer('scorecard_id').notNullable();
    table.integer('day').notNullable().comment('Days since 1970, UTC');
    table.specificType('level', 'smallint').notNullable();
    table.integer('subjects').notNullable();
    table.integer('scored').notNullable().comment('Those with a score');
    table.double('score_sum').notNullable();
    table.primary(['scorecard_id', 'day', 'level']);
  });

  await knex.schema.createTable('exemptions', table => {
    table.increments('id');
    table.integer('subject_id').notNullable();
    table.integer('rule_id').notNullable();
    table.string('state', 16).notNullable();
    table.text('reason').notNullable();
    table.string('requested_by', 400).notNullable();
    time(table, 'requested_at').notNullable();
    time(table, 'starts_at');
    time(table, 'expires_at').notNullable();
    table.string('decided_by', 400);
    time(table, 'decided_at');
    table.text('decision_note');
    table.string('revoked_by', 400);
    time(table, 'revoked_at');
    table.text('revocation_note');
    time(table, 'decision_notified_at').comment(
      'Who asked was told of the decision',
    );
    time(table, 'reminded_at').comment('The owner was told that it ends soon');
    time(table, 'ended_notified_at').comment(
      'The owner was told that it ended',
    );
    table.index(['subject_id', 'rule_id'], 'exemptions_subject_idx');
    table.index(['state', 'expires_at'], 'exemptions_expires_at_idx');
  });

  await knex.schema.createTable('notification_preferences', table => {
    table.string('user_ref', 400).primary();
    table.string('delivery', 16).notNullable().comment('each or weekly');
    time(table, 'digest_sent_at');
  });

  await knex.schema.createTable('progress', table => {
    table.comment('How far scheduled work has come');
    table.string('key', 63).primary();
    table.text('value').notNullable();
  });

  await tuneStorage(knex);
};

/**
 * Rows that are written over and over: room in their pages, so that a change
 * stays there, and cleaned up before a fifth of a large table is garbage.
 * Documents are kept apart from the few numbers that change beside them.
 */
const STORAGE = {
  subjects: 'fillfactor = 70, toast_tuple_target = 512',
  facts: 'fillfactor = 80',
  collections: 'fillfactor = 70',
  outcomes: 'fillfactor = 90',
  standings: 'fillfactor = 90',
};

/** @param {import('knex').Knex} knex */
async function tuneStorage(knex) {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  for (const [table, parameters] of Object.entries(STORAGE)) {
    await knex.raw(
      `alter table ?? set (${parameters}, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02)`,
      [table],
    );
  }
}

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'progress',
    'notification_preferences',
    'exemptions',
    'level_rollups',
    'standing_transitions',
    'standings',
    'outcome_transitions',
    'outcomes',
    'rule_revisions',
    'rules',
    'scorecard_revisions',
    'scorecards',
    'collections',
    'fact_revisions',
    'facts',
    'fact_names',
    'document_revisions',
    'subject_search',
    'subjects',
  ]) {
    await knex.schema.dropTable(table);
  }
};
