/**
 * What each run proposed to repositories that are somebody else's, so that the
 * page of a run can lead there.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('golden_path_proposals', table => {
    table.comment('Changes that runs of golden paths proposed');
    table.increments('id');
    table.string('task_id', 255).notNullable().comment('Scaffolder task');
    table.string('url', 1000).notNullable().comment('Where to look at it');
    table.unique(['task_id', 'url'], {
      indexName: 'golden_path_proposals_task_uniq',
    });
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('golden_path_proposals');
};
