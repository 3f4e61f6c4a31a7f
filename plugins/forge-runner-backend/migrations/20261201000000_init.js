/**
 * Pipelines of repositories, and what is still to be told of them. Times are
 * milliseconds since 1970 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('repositories', table => {
    table.comment('What is known of each repository of the forge');
    table.increments('id');
    table
      .string('name', 255)
      .notNullable()
      .unique()
      .comment('<organization>/<name>, in small letters');
    table.text('url').notNullable();
    table.string('default_branch', 255).notNullable();
    table.string('head', 64).comment('The last head that was looked at');
    table
      .boolean('has_scripts')
      .notNullable()
      .defaultTo(false)
      .comment('Whether that head has stage scripts');
    table.string('entity_ref', 255).comment('The component that comes from it');
    table
      .boolean('environment_reported')
      .notNullable()
      .defaultTo(false)
      .comment('Whether environment.created was written to the outbox');
    table.integer('next_number').notNullable().defaultTo(1);
    table
      .integer('port')
      .comment('Where its service answers, build after build');
    table.boolean('should_run').notNullable().defaultTo(false);
    table.integer('build').comment('Number of the run whose build is in place');
    table.text('service_reason').comment('Why the service is as it is');
    table.bigInteger('service_since');
  });

  await knex.schema.createTable('runs', table => {
    table.comment('Runs of pipelines');
    table.increments('id');
    table
      .integer('repository_id')
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.string('state', 16).notNullable();
    table.text('reason');
    table.string('trigger', 16).notNullable();
    table.string('triggered_by', 255);
    table.string('commit_id', 64).notNullable();
    table.text('commit_title').notNullable();
    table.bigInteger('committed_at');
    table.string('chain_id', 36).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('finished_at');
    table
      .boolean('has_build')
      .notNullable()
      .defaultTo(false)
      .comment('Whether its build was deployed and is kept');
    table.unique(['repository_id', 'number']);
    table.index(['state', 'id'], 'runs_state_idx');
  });

  await knex.schema.createTable('stages', table => {
    table
      .integer('run_id')
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.integer('position').notNullable();
    table.string('name', 64).notNullable();
    table.string('state', 16).notNullable();
    table.text('reason');
    table.bigInteger('started_at');
    table.bigInteger('finished_at');
    table.boolean('has_log').notNullable().defaultTo(false);
    table.primary(['run_id', 'position']);
  });

  await knex.schema.createTable('outbox', table => {
    table.comment('Events that golden-paths has not accepted yet');
    table.increments('id');
    table
      .integer('repository_id')
      .notNullable()
      .comment('May be of a repository that was deleted meanwhile');
    table.text('body').notNullable().comment('The CloudEvent, as JSON');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('created_at').notNullable();
    table.bigInteger('due_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('outbox');
  await knex.schema.dropTable('stages');
  await knex.schema.dropTable('runs');
  await knex.schema.dropTable('repositories');
};
