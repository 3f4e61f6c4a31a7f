/**
 * Events of all entities, the latest first.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('events', table => {
    table.index(['occurred_at', 'sequence'], 'events_occurred_at_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('events', table => {
    table.dropIndex(['occurred_at', 'sequence'], 'events_occurred_at_idx');
  });
};
