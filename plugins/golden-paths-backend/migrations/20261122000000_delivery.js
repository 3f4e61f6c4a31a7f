/**
 * What events say about delivery: everything but `events` is derived from them and
 * from the catalog, and can be dropped and made again.
 *
 * All times but those of `events` are milliseconds since 1970 in UTC. Weeks are ISO
 * weeks of the configured time zone, as the date of their Monday.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const time = (table, name) => table.bigInteger(name);

  await knex.schema.alterTable('events', table => {
    table.string('entity_ref', 512).nullable().alter();
    table
      .boolean('observed')
      .notNullable()
      .defaultTo(false)
      .comment('Its sender saw it; otherwise it only claims it');
    table
      .boolean('sample')
      .notNullable()
      .defaultTo(false)
      .comment('Of the sample organisation');
  });

  await knex.schema.createTable('entities', table => {
    table.comment('Entities of the catalog, as last seen');
    table.increments('id');
    table.string('ref', 400).notNullable().unique('entities_ref_uniq');
    table.string('kind', 63).notNullable();
    table.string('type', 255).comment('spec.type');
    table.string('lifecycle', 255).comment('spec.lifecycle');
    table.string('title', 255);
    table.string('etag', 255).notNullable();
    table.string('owner_ref', 400).comment('The first owner');
    table.string('system_ref', 400);
    time(table, 'first_seen_at').notNullable();
    time(table, 'deleted_at').comment('When it left the catalog');
    time(table, 'due_at').comment('When it has to be derived anew');
    time(table, 'lease_until').comment('Until then it belongs to one replica');
    table.string('lease', 36);
    table
      .integer('version')
      .notNullable()
      .defaultTo(0)
      .comment('Counts whatever its derived rows depend on');
    table.index(['due_at'], 'entities_due_at_idx', {
      predicate: knex.whereNotNull('due_at'),
    });
    table.index(['owner_ref'], 'entities_owner_ref_idx');
    table.index(['system_ref'], 'entities_system_ref_idx');
  });

  await knex.schema.createTable('entity_search', table => {
    table.comment(
      'Keys and values by which the catalog decides who may see it',
    );
    table.integer('entity_id').notNullable();
    table.string('key', 255).notNullable().comment('Lower case');
    table.string('value', 255).comment('Lower case; null when it is too long');
    table.index(['key', 'value', 'entity_id'], 'entity_search_value_idx');
    table.index(['entity_id', 'key', 'value'], 'entity_search_entity_idx');
  });

  await knex.schema.createTable('derivation', table => {
    table.comment('What the derived rows were made with');
    table.string('key', 63).primary();
    table.text('value').notNullable();
  });

  await knex.schema.createTable('deployments', table => {
    table.bigInteger('event_sequence').primary();
    table.integer('entity_id').notNullable();
    table.string('environment', 255).notNullable();
    table
      .string('tier', 16)
      .notNullable()
      .comment('production, staging or other');
    table
      .string('kind', 16)
      .notNullable()
      .comment('deployed, upgraded, rolledback or removed');
    time(table, 'deployed_at').notNullable();
    table.boolean('observed').notNullable();
    table.boolean('sample').notNullable();
    table.string('artifact', 1024);
    table.string('revision', 255).comment('Commit');
    table
      .bigInteger('lead_time')
      .comment('The longest of its changes, in milliseconds');
    time(table, 'failed_at').comment('When it was found to have failed');
    table.string('failed_by', 16).comment('incident, rollback or attempt');
    time(table, 'recovered_at');
    table
      .boolean('rework')
      .notNullable()
      .comment('Unplanned, because of an incident');
    table.string('url', 2048);
    table.index(['entity_id', 'deployed_at'], 'deployments_entity_idx');
    table.index(['tier', 'deployed_at'], 'deployments_tier_idx');
  });

  await knex.schema.createTable('changes', table => {
    table.integer('entity_id').notNullable();
    table.string('change_id', 1024).notNullable();
    table.bigInteger('event_sequence').notNullable();
    table.string('revision', 255);
    time(table, 'merged_at').notNullable();
    table
      .bigInteger('deployment_sequence')
      .comment('The first observed deployment to production that holds it');
    time(table, 'deployed_at');
    table.boolean('sample').notNullable();
    table.string('url', 2048);
    table.primary(['entity_id', 'change_id']);
    table.index(['deployed_at'], 'changes_deployed_at_idx');
  });

  await knex.schema.createTable('incidents', table => {
    table.integer('entity_id').notNullable();
    table.string('incident_id', 1024).notNullable();
    table.bigInteger('event_sequence').notNullable();
    table.string('environment', 255);
    table.string('title', 1024);
    time(table, 'detected_at').notNullable();
    time(table, 'resolved_at');
    table
      .bigInteger('deployment_sequence')
      .comment('The deployment it is laid to');
    table.string('link', 16).comment('Why: named or window');
    table.boolean('sample').notNullable();
    table.string('url', 2048);
    table.primary(['entity_id', 'incident_id']);
    table.index(['detected_at'], 'incidents_detected_at_idx');
  });

  await knex.schema.createTable('tickets', table => {
    table.comment('Of a service, or of the squad that asks');
    table.integer('entity_id').notNullable();
    table.string('ticket_id', 1024).notNullable();
    table.bigInteger('event_sequence').notNullable();
    table.string('title', 1024);
    table.string('category', 63).notNullable();
    table.string('squad_ref', 400).comment('Who asks');
    table.string('template_ref', 400);
    table.string('step', 255);
    time(table, 'created_at').notNullable();
    time(table, 'closed_at');
    table.boolean('sample').notNullable();
    table.string('url', 2048);
    table.primary(['entity_id', 'ticket_id']);
    table.index(['created_at'], 'tickets_created_at_idx');
  });

  await knex.schema.createTable('pipeline_runs', table => {
    table.integer('entity_id').notNullable();
    table.string('run_id', 1024).notNullable();
    table.bigInteger('event_sequence').notNullable();
    table.string('name', 1024);
    table.string('outcome', 16).comment('success, failure, error or cancel');
    time(table, 'started_at');
    time(table, 'finished_at');
    table.string('revision', 255);
    table.boolean('sample').notNullable();
    table.string('url', 2048);
    table.primary(['entity_id', 'run_id']);
    table.index(['finished_at'], 'pipeline_runs_finished_at_idx');
  });

  await knex.schema.createTable('environments', table => {
    table
      .bigInteger('event_sequence')
      .primary()
      .comment('Of its creation; one that is created again has another');
    table.integer('entity_id').notNullable();
    table.string('environment', 255).notNullable();
    time(table, 'requested_at');
    time(table, 'created_at').notNullable();
    time(table, 'deleted_at');
    table.boolean('observed').notNullable();
    table.boolean('sample').notNullable();
    table.index(['entity_id'], 'environments_entity_idx');
    table.index(['created_at'], 'environments_created_at_idx');
  });

  await knex.schema.createTable('first_steps', table => {
    table.comment('How each service came to life; one row per new service');
    table.integer('entity_id').primary();
    table.string('task_id', 64).comment('The run of the scaffolder');
    table.string('template_ref', 400);
    table.string('requested_by', 400);
    time(table, 'requested_at').notNullable();
    time(table, 'repository_at');
    time(table, 'pipeline_at').comment('First run that succeeded');
    time(table, 'artifact_at');
    time(table, 'staging_at').comment('First observed deployment');
    time(table, 'catalog_at');
    time(table, 'production_at');
    table.string('stuck_step', 16);
    time(table, 'stuck_since');
    table.string('stuck_reason', 16).comment('failed or waiting');
    table.text('stuck_message');
    table.string('stuck_url', 2048);
    table.boolean('sample').notNullable();
    table.index(['requested_at'], 'first_steps_requested_at_idx');
  });

  await knex.schema.createTable('rollups', table => {
    table.comment('By measure, week and entity; durations by bucket');
    table.string('measure', 40).notNullable();
    table.string('week', 10).notNullable();
    table.integer('entity_id').notNullable();
    table
      .integer('bucket')
      .notNullable()
      .comment('Of durations, fixed and logarithmic; 0 of counts');
    table.integer('count').notNullable();
    table.double('total').notNullable().comment('Of durations, milliseconds');
    table.primary(['measure', 'week', 'entity_id', 'bucket']);
    table.index(['entity_id', 'measure'], 'rollups_entity_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'rollups',
    'first_steps',
    'environments',
    'pipeline_runs',
    'tickets',
    'incidents',
    'changes',
    'deployments',
    'derivation',
    'entity_search',
    'entities',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex('events').whereNull('entity_ref').delete();
  await knex.schema.alterTable('events', table => {
    table.dropColumn('observed');
    table.dropColumn('sample');
    table.string('entity_ref', 512).notNullable().alter();
  });
};
