/**
 * Who has been told of deviations and of what was decided about them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deviations', table => {
    table
      .bigInteger('told_at')
      .comment('Those who decide were told that it waits for them');
  });
  await knex.schema.alterTable('deviation_decisions', table => {
    table.bigInteger('told_at').comment('The owner was told of it');
    table
      .bigInteger('reminded_at')
      .comment('The owner was told that the approval ends soon');
    table
      .bigInteger('ended_told_at')
      .comment('The owner was told that the approval has ended');
  });
  // What is past is no news
  const now = Date.now();
  await knex('deviation_decisions').update({
    told_at: knex.ref('decided_at'),
  });
  await knex('deviation_decisions')
    .where('expires_at', '<=', now)
    .update({ reminded_at: now, ended_told_at: now });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('deviation_decisions', table => {
    table.dropColumns('told_at', 'reminded_at', 'ended_told_at');
  });
  await knex.schema.alterTable('deviations', table => {
    table.dropColumn('told_at');
  });
};
