/**
 * Which files of a golden path belong to parts that a service may leave out.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('template_versions', table => {
    table
      .text('parts')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON: name and globs of each part');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('template_versions', table => {
    table.dropColumn('parts');
  });
};
