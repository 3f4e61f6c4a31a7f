/**
 * What a run has set up on the host after its push, so that a repeat goes on
 * from there.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('golden_path_repositories', table => {
    table
      .string('settled', 255)
      .comment('Names of the steps done after the push, with commas between');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('golden_path_repositories', table => {
    table.dropColumn('settled');
  });
};
