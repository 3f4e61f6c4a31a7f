/**
 * Sums of rollups over the entities of each owner, beside those over all of them:
 * reports that stand squads side by side ask for these.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollup_groups', table => {
    table
      .string('owner', 400)
      .comment('Only what belongs to it, or, where empty, to no group at all');
  });
  await knex.schema.alterTable('entities', table => {
    table
      .integer('owner_group')
      .comment(
        'In whose sums by owner its rollups are; null before it has any',
      );
    table.index(['owner_group'], 'entities_owner_group_idx');
  });
  // Everything is counted anew
  await knex('derivation').where({ key: 'digest' }).delete();
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  const ofOwners = knex('rollup_groups').whereNotNull('owner').select('id');
  await knex('group_rollups').whereIn('group_id', ofOwners).delete();
  await knex('rollup_groups').whereNotNull('owner').delete();
  await knex.schema.alterTable('entities', table => {
    table.dropIndex(['owner_group'], 'entities_owner_group_idx');
    table.dropColumn('owner_group');
  });
  await knex.schema.alterTable('rollup_groups', table => {
    table.dropColumn('owner');
  });
};
