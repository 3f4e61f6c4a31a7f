/**
 * Sums of rollups over all entities of a kind, type and lifecycle: what most readers
 * ask for is these, less the few that they may not see.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollup_groups', table => {
    table.increments('id');
    table
      .string('key', 1023)
      .notNullable()
      .unique('rollup_groups_key_uniq')
      .comment(
        'Kind, type, lifecycle, and whether the catalog has it, as JSON',
      );
  });

  await knex.schema.createTable('group_rollups', table => {
    table.integer('group_id').notNullable();
    table.string('measure', 40).notNullable();
    table.string('week', 10).notNullable();
    table.integer('bucket').notNullable();
    table.bigInteger('count').notNullable();
    table.primary(['group_id', 'measure', 'week', 'bucket']);
  });

  await knex.schema.alterTable('entities', table => {
    table
      .integer('rollup_group')
      .comment('In whose sums its rollups are; null before it has any');
    table.index(['rollup_group'], 'entities_rollup_group_idx');
  });

  // What one entity has lies together
  await knex('rollups').delete();
  await knex.schema.alterTable('rollups', table => {
    table.dropPrimary();
    table.dropIndex(['entity_id', 'measure'], 'rollups_entity_idx');
  });
  await knex.schema.alterTable('rollups', table => {
    table.primary(['entity_id', 'measure', 'week', 'bucket']);
  });
  await knex('derivation').where({ key: 'digest' }).delete();
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('rollups').delete();
  await knex.schema.alterTable('rollups', table => {
    table.dropPrimary();
  });
  await knex.schema.alterTable('rollups', table => {
    table.primary(['measure', 'week', 'entity_id', 'bucket']);
    table.index(['entity_id', 'measure'], 'rollups_entity_idx');
  });
  await knex.schema.alterTable('entities', table => {
    table.dropIndex(['rollup_group'], 'entities_rollup_group_idx');
    table.dropColumn('rollup_group');
  });
  await knex.schema.dropTable('group_rollups');
  await knex.schema.dropTable('rollup_groups');
};
