/**
 * Finds the events of the sample organisation when they have to go.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    'create index events_sample_idx on events (sequence) where sample',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('events', table => {
    table.dropIndex(['sequence'], 'events_sample_idx');
  });
};
