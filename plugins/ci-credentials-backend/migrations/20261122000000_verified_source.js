/**
 * Whether a credential was made by somebody who may make them for all entities.
 * Others can write the source of any pipeline into one for their own.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('ci_credentials', table => {
    table
      .boolean('source_verified')
      .notNullable()
      .defaultTo(false)
      .comment('Who made it may make credentials for all entities');
  });
  await knex('ci_credentials')
    .where({ issued_by: 'golden-path' })
    .update({ source_verified: true });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('ci_credentials', table => {
    table.dropColumn('source_verified');
  });
};
