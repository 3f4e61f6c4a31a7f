/**
 * What each run handed to Argo CD, so that a repeat finds it and an undo takes it
 * back.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('golden_path_deliveries', table => {
    table.comment('Services that runs brought to the GitOps repository');
    table.string('id', 36).primary();
    table.string('task_id', 255).notNullable().comment('Scaffolder task');
    table.string('host', 255).notNullable();
    table.string('organization', 255).notNullable();
    table.string('name', 255).notNullable().comment('The GitOps repository');
    table.string('service', 255).notNullable();
    table
      .text('service_url')
      .notNullable()
      .comment('Repository of the service');
    table.text('url').notNullable().comment('The folder, or the pull request');
    table
      .string('state', 16)
      .notNullable()
      .comment('delivering, delivered, undoing or undone');
    table.string('base', 255).notNullable().comment('The default branch');
    table
      .string('branch', 255)
      .comment('Of the pull request; none where it was committed to the base');
    table.string('commit', 64).comment('As it was pushed last');
    table
      .integer('revision')
      .notNullable()
      .comment('Grows with every change, so that two writers cannot collide');
    table.unique(['task_id', 'host', 'organization', 'name', 'service'], {
      indexName: 'golden_path_deliveries_task_uniq',
    });
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('golden_path_deliveries');
};
