/**
 * Upgrades of repositories to a newer version of their golden path. The first table
 * tells which commits the portal generated, and what it proposed; the second lets
 * whoever asks for the same upgrade again find the run that is under way.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('golden_path_upgrades', table => {
    table.comment('Upgrades of repositories that runs made');
    table.string('task_id', 255).primary().comment('Scaffolder task');
    table.string('entity_ref', 400).notNullable().index();
    table.string('host', 255).notNullable();
    table.string('repository_url', 1000).notNullable().index();
    table.string('repository_id', 255).notNullable().comment("The host's own");
    table.string('template_ref', 400).notNullable();
    table.string('version', 100).notNullable();
    table
      .string('answers_digest', 64)
      .notNullable()
      .comment('Of the answers that it was rendered with');
    table
      .string('started_at', 32)
      .notNullable()
      .comment('ISO 8601; the date of its commits');
    table.string('branch', 255);
    table
      .string('parent_commit', 64)
      .comment(
        'Head of waymark-template before; undefined until it was rendered',
      );
    table.string('template_commit', 64).comment('What was generated');
    table.string('commit', 64).comment('Head of the proposed branch');
    table.text('conflicts').comment('JSON: paths');
    table.string('change_url', 1000);
    table.integer('change_number');
    table.index(
      ['host', 'repository_id'],
      'golden_path_upgrades_repository_idx',
    );
  });
  await knex.schema.createTable('golden_path_upgrade_requests', table => {
    table.comment('The latest run for an upgrade of a component to a version');
    table.string('entity_ref', 400).notNullable();
    table.string('version', 100).notNullable();
    table
      .string('task_id', 255)
      .comment('Absent while the run is being started');
    table.string('requested_at', 32).notNullable().comment('ISO 8601');
    table.primary(['entity_ref', 'version']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('golden_path_upgrade_requests');
  await knex.schema.dropTable('golden_path_upgrades');
};
