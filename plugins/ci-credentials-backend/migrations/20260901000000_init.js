/**
 * Credentials of pipelines, and the entities that each may speak for.
 *
 * Times are ISO 8601 text of one length, so that they sort as they should on
 * every database.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ci_credentials', table => {
    table.comment('Credentials of pipelines');
    table.string('id', 20).primary().comment('Stands in the token');
    table
      .string('secret_hash', 64)
      .notNullable()
      .comment('SHA-256 of the secret half of the token, in hexadecimal');
    table.text('source').notNullable().comment('The pipeline, for people');
    table.text('description').notNullable();
    table.string('issued_by', 16).notNullable().comment('user or golden-path');
    table
      .text('issue_key')
      .comment('What it was issued for, when it was not made by a person');
    table.string('created_at', 24).notNullable();
    table.text('created_by').notNullable();
    table.string('expires_at', 24).notNullable();
    table.string('revoked_at', 24);
    table.text('revoked_by');
    table.text('revoke_reason');
    table.string('last_used_at', 24).comment('Accurate to a minute');
    table.index(['created_at', 'id'], 'ci_credentials_created_idx');
    table.index(['expires_at'], 'ci_credentials_expires_idx');
  });
  await knex.raw(
    `CREATE INDEX ci_credentials_issue_key_idx
     ON ci_credentials (issue_key)
     WHERE issue_key IS NOT NULL AND revoked_at IS NULL`,
  );
  await knex.schema.createTable('ci_credential_entities', table => {
    table.comment('What each credential may speak for');
    table
      .string('credential_id', 20)
      .notNullable()
      .references('id')
      .inTable('ci_credentials')
      .onDelete('CASCADE');
    table.string('entity_ref', 255).notNullable();
    table.primary(['credential_id', 'entity_ref']);
    table.index(
      ['entity_ref', 'credential_id'],
      'ci_credential_entities_entity_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ci_credential_entities');
  await knex.schema.dropTable('ci_credentials');
};
