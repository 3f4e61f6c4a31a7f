/**
 * Which parts of its golden path a run was told to leave out.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('scaffolder_runs', table => {
    table.text('left_out').nullable().comment('JSON: names of parts');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('scaffolder_runs', table => {
    table.dropColumn('left_out');
  });
};
