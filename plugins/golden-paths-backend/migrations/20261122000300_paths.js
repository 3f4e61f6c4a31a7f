/**
 * How services follow golden paths: the runs that made them, what their
 * repositories say of it, and what was decided about their deviations. Everything
 * but `deviation_decisions` and the past of `path_weeks` can be found out anew.
 *
 * All times are milliseconds since 1970 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const time = (table, name) => table.bigInteger(name);
  /** For what is looked at by one replica at a time. */
  const work = table => {
    time(table, 'due_at').comment('When it has to be looked at');
    time(table, 'lease_until').comment('Until then it belongs to one replica');
    table.string('lease', 36);
  };

  await knex.schema.createTable('scaffolder_runs', table => {
    table.comment('Runs of the scaffolder; they outlive its own list');
    table.string('task_id', 64).primary();
    table.string('template_ref', 400);
    table.string('name', 255).comment('Of what it makes');
    table.string('owner_ref', 400);
    table.string('created_by', 400);
    table
      .boolean('creates')
      .notNullable()
      .comment('Something new; otherwise it changes what is there');
    table.string('entity_ref', 400).comment('Of what it made, once known');
    table.string('repository_url', 2048);
    table.text('environments').notNullable().comment('That it made, as JSON');
    table
      .string('status', 16)
      .notNullable()
      .comment('open, processing, completed, failed or cancelled');
    table.integer('attempts').notNullable();
    time(table, 'created_at').notNullable();
    time(table, 'started_at').notNullable().comment('Of the last attempt');
    time(table, 'ended_at');
    table.text('steps').notNullable().comment('Of the last attempt, as JSON');
    table.string('failed_step_id', 255);
    table.string('failed_step_name', 255);
    table.text('error').comment('Shortened, without secrets');
    table
      .string('revision', 255)
      .notNullable()
      .comment('What the list of the scaffolder says when nothing changed');
    work(table);
    table.index(['template_ref', 'created_at'], 'scaffolder_runs_template_idx');
    table.index(['created_at'], 'scaffolder_runs_created_at_idx');
    table.index(['entity_ref'], 'scaffolder_runs_entity_ref_idx');
    table.index(['due_at'], 'scaffolder_runs_due_at_idx', {
      predicate: knex.whereNotNull('due_at'),
    });
  });

  await knex.schema.createTable('template_versions', table => {
    table.comment('Golden paths as they are now');
    table.string('template_ref', 400).primary();
    table.string('version', 100).comment('Of the template and its layers');
    table.text('layers').notNullable().comment('Names and versions, as JSON');
    table.text('policies').notNullable().comment('Of files, as JSON');
    time(table, 'changed_at').notNullable();
    time(table, 'checked_at').notNullable();
    table.text('error').comment('Why it could not be found out');
  });

  await knex.schema.createTable('provenance', table => {
    table.comment('Of each component that has a repository');
    table.integer('entity_id').primary();
    table
      .string('repository_url', 2048)
      .notNullable()
      .comment('Its top folder');
    table.string('template_ref', 400).comment('Null: it follows no path');
    table.string('version', 100);
    table.text('layers').comment('Names and versions, as JSON');
    table.string('run', 64).comment('Task of the scaffolder');
    table.string('commit', 64).comment('That holds what was generated');
    table.boolean('verified').notNullable().comment('Git bears it out');
    table.boolean('conformant').notNullable();
    table.text('problems').notNullable().comment('As JSON');
    time(table, 'checked_at').comment('Null: not looked at yet');
    table.text('error').comment('Why the last look failed');
    table.integer('failures').notNullable().defaultTo(0).comment('In a row');
    table.string('etag', 255).comment('Of what was looked at');
    work(table);
    table.index(['template_ref'], 'provenance_template_ref_idx');
    table.index(['due_at'], 'provenance_due_at_idx', {
      predicate: knex.whereNotNull('due_at'),
    });
  });

  await knex.schema.createTable('deviations', table => {
    table.comment('What services have changed of their paths, as last seen');
    table.string('id', 32).primary().comment('The same for the same file');
    table.integer('entity_id').notNullable();
    table.string('template_ref', 400).notNullable();
    table.string('path', 1024).notNullable();
    table
      .string('kind', 16)
      .notNullable()
      .comment('changed, missing, declared');
    table.text('reason').comment('As declared in the repository');
    table
      .string('state', 16)
      .notNullable()
      .comment('unjustified, requested, approved, denied or expired');
    time(table, 'since').notNullable();
    table.string('decided_by', 400);
    time(table, 'decided_at');
    table.text('comment');
    time(table, 'expires_at');
    table.index(['entity_id'], 'deviations_entity_idx');
    table.index(['state', 'since'], 'deviations_state_idx');
    table.index(['expires_at'], 'deviations_expires_at_idx', {
      predicate: knex.whereNotNull('expires_at'),
    });
  });

  await knex.schema.createTable('deviation_decisions', table => {
    table.comment('Rows are never changed; the last one of a deviation counts');
    table.increments('id');
    table.string('deviation_id', 32).notNullable();
    table.string('entity_ref', 400).notNullable();
    table.string('path', 1024).notNullable();
    table.text('reason').notNullable().comment('That it was decided upon');
    table.string('decision', 16).notNullable().comment('approve, deny, revoke');
    table.string('decided_by', 400).notNullable();
    time(table, 'decided_at').notNullable();
    table.text('comment');
    time(table, 'expires_at');
    table.index(['deviation_id', 'id'], 'deviation_decisions_deviation_idx');
  });

  await knex.schema.createTable('path_weeks', table => {
    table.comment('How each active service stood at the end of a week');
    table.string('week', 10).notNullable().comment('The Monday, YYYY-MM-DD');
    table.integer('entity_id').notNullable();
    table.string('template_ref', 400);
    table.string('version', 100);
    table.boolean('behind').notNullable();
    table.boolean('verified').notNullable();
    table.boolean('conformant').notNullable();
    table
      .string('deviation', 16)
      .notNullable()
      .comment('The worst: none, justified, expired or unjustified');
    table.primary(['week', 'entity_id']);
    table.index(['entity_id', 'week'], 'path_weeks_entity_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'path_weeks',
    'deviation_decisions',
    'deviations',
    'provenance',
    'template_versions',
    'scaffolder_runs',
  ]) {
    await knex.schema.dropTable(table);
  }
};
