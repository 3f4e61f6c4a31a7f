/**
 * Of which weeks something is known of an entity, for how many of them that is asked;
 * and where sample rows are.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollup_weeks', table => {
    table.comment('In which weeks an entity has rollups');
    table.integer('entity_id').notNullable();
    table.string('measure', 40).notNullable();
    table
      .integer('block')
      .notNullable()
      .comment('Of 50 weeks; the first begins on 5 January 1970');
    table
      .bigInteger('bits')
      .notNullable()
      .comment('One for each week of the block that has any, the first is 1');
    table.primary(['entity_id', 'measure', 'block']);
  });
  for (const table of ['deployments', 'tickets']) {
    await knex.raw(
      `create index ${table}_sample_idx on ${table} (entity_id) where sample`,
    );
  }
  // All of it is derived anew
  await knex('rollups').delete();
  await knex('group_rollups').delete();
  await knex('derivation').where({ key: 'digest' }).delete();
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['deployments', 'tickets']) {
    await knex.raw(`drop index ${table}_sample_idx`);
  }
  await knex.schema.dropTable('rollup_weeks');
};
