/**
 * What is written down of what the portal generated: of first runs also the template
 * and its version, and of upgrades every commit, also where a later attempt of the
 * same run generates another version.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('golden_path_repositories', table => {
    table
      .string('template_ref', 400)
      .comment('What it was generated from; absent of earlier ones');
    table.string('template_version', 100);
  });
  await rebuild(knex, row => ({ ...row, id: row.task_id }), {
    comment:
      'Upgrades of repositories as runs made them, each commit by itself',
    key: table => {
      table.string('id', 255).primary();
      table
        .string('task_id', 255)
        .notNullable()
        .index()
        .comment('Scaffolder task');
    },
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await rebuild(
    knex,
    ({ id, ...row }, rows) =>
      rows.findLast(other => other.task_id === row.task_id).id === id
        ? row
        : undefined,
    {
      comment: 'Upgrades of repositories that runs made',
      key: table =>
        table.string('task_id', 255).primary().comment('Scaffolder task'),
    },
  );
  await knex.schema.alterTable('golden_path_repositories', table => {
    table.dropColumn('template_ref');
    table.dropColumn('template_version');
  });
};

/** Another key takes another table: SQLite cannot change the one of a table. */
async function rebuild(knex, toRow, { comment, key }) {
  const rows = await knex('golden_path_upgrades').orderBy('started_at');
  await knex.schema.dropTable('golden_path_upgrades');
  await knex.schema.createTable('golden_path_upgrades', table => {
    table.comment(comment);
    key(table);
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
  const kept = rows.map(row => toRow(row, rows)).filter(Boolean);
  if (kept.length > 0) {
    await knex.batchInsert('golden_path_upgrades', kept, 50);
  }
}
