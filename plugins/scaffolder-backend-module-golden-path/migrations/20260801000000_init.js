/**
 * What each run created on a repository host.
 *
 * The second index is the reservation: of all runs, only one at a time may
 * hold a repository's address.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('golden_path_repositories', table => {
    table.comment('Repositories that runs of golden paths created');
    table.string('id', 36).primary();
    table.string('task_id', 255).notNullable().comment('Scaffolder task');
    table.string('host', 255).notNullable();
    table.string('organization', 255).notNullable();
    table.string('name', 255).notNullable();
    table.text('url').notNullable().comment('Address of its page');
    table
      .string('state', 16)
      .notNullable()
      .comment('creating, created, published, undoing, undone or released');
    table.string('repository_id', 255).comment("The host's own id, once known");
    table.string('default_branch', 255).notNullable();
    table.string('template_commit', 64).comment('Head of waymark-template');
    table.string('commit', 64).comment('Head of the default branch as pushed');
    table
      .string('started_at', 32)
      .notNullable()
      .comment('ISO 8601; the date of the generated commits');
    table
      .string('intended_at', 32)
      .comment('ISO 8601; when the host was last asked to create it');
    table
      .integer('revision')
      .notNullable()
      .comment('Grows with every change, so that two writers cannot collide');
    table.unique(['task_id', 'host', 'organization', 'name'], {
      indexName: 'golden_path_repositories_task_uniq',
    });
  });
  await knex.raw(
    `CREATE UNIQUE INDEX golden_path_repositories_held_uniq
     ON golden_path_repositories (host, organization, name)
     WHERE state IN ('creating', 'created', 'published', 'undoing')`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('golden_path_repositories');
};
