/**
 * Questions to the platform team, and imports of what happened before the portal was
 * there. Times are milliseconds since 1970 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const time = (table, name) => table.bigInteger(name);

  await knex.schema.createTable('support_tickets', table => {
    table.comment(
      'Questions to the platform team, written before anybody is told',
    );
    table.string('id', 36).primary();
    table
      .string('request_id', 64)
      .notNullable()
      .comment('Of whoever asks: the same again is no other question');
    table.string('created_by', 400).notNullable();
    table.string('title', 255).notNullable();
    table.text('body').notNullable().comment('Markdown');
    table.string('category', 16).notNullable();
    table
      .string('entity_ref', 400)
      .comment('What it counts for: what it is about, or the squad that asks');
    table.string('owner_ref', 400).comment('The squad that asks');
    table.text('context').notNullable().comment('Where it arose, as JSON');
    time(table, 'created_at').notNullable();
    time(table, 'closed_at');
    table.string('closed_by', 400);
    table.string('tracker_key', 512).comment('Of its issue, in lower case');
    table.string('url', 2048).comment('Of its issue');
    table.text('tracker_error').comment('Why it is not in the tracker yet');
    time(table, 'counted_at').comment('When its event was accepted');
    time(table, 'notified_at').comment('When the platform team was told');
    time(table, 'tracked_at').comment(
      'When the tracker took it, if there is one',
    );
    time(table, 'close_counted_at').comment(
      'When the event of its end was accepted',
    );
    table.integer('attempts').notNullable().defaultTo(0);
    time(table, 'next_attempt_at').comment(
      'When somebody has to be told; until then it belongs to whoever tells',
    );
    table.unique(['created_by', 'request_id'], {
      indexName: 'support_tickets_request_uniq',
    });
    table.index(['created_at', 'id'], 'support_tickets_created_at_idx');
    table.index(['created_by', 'created_at'], 'support_tickets_created_by_idx');
    table.index(['tracker_key'], 'support_tickets_tracker_key_idx');
    table.index(['next_attempt_at'], 'support_tickets_next_attempt_idx');
  });

  await knex.schema.createTable('imports', table => {
    table.string('id', 36).primary();
    table.string('kind', 16).notNullable().comment('csv or github');
    table
      .string('state', 16)
      .notNullable()
      .comment('running, succeeded or failed');
    table.string('started_by', 400).notNullable();
    table
      .boolean('observed')
      .notNullable()
      .comment('It comes from a system of record');
    time(table, 'started_at').notNullable();
    time(table, 'ended_at');
    table.integer('read').notNullable().defaultTo(0);
    table.integer('accepted').notNullable().defaultTo(0);
    table.integer('duplicates').notNullable().defaultTo(0);
    table.integer('refused').notNullable().defaultTo(0);
    table.text('problems').notNullable().comment('The first ones, as JSON');
    table.text('error');
    table.text('plan').comment('What is still to do, as JSON');
    time(table, 'next_step_at').comment(
      'Of a running one: until then it belongs to one replica',
    );
    table.index(['started_at'], 'imports_started_at_idx');
    table.index(['state', 'next_step_at'], 'imports_next_step_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('imports');
  await knex.schema.dropTable('support_tickets');
};
