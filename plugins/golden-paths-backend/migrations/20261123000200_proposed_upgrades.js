/**
 * Which runs proposed to a service that it take a newer version of its golden path.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('scaffolder_runs', table => {
    table.string('upgrades_ref', 400).comment('The service');
    table
      .string('upgrades_to', 100)
      .comment('The version, once it is proposed');
    table.string('change_url', 2048).comment('The proposal');
    table.index(
      ['upgrades_ref', 'created_at'],
      'scaffolder_runs_upgrades_ref_idx',
      { predicate: knex.whereNotNull('upgrades_ref') },
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('scaffolder_runs', table => {
    table.dropIndex([], 'scaffolder_runs_upgrades_ref_idx');
    table.dropColumns('upgrades_ref', 'upgrades_to', 'change_url');
  });
};
