/**
 * What is behind a number is counted and listed from indexes: of all services that
 * somebody may read, there may be half a million deployments.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployments', table => {
    table.dropIndex(['tier', 'deployed_at'], 'deployments_tier_idx');
    table.index(
      ['tier', 'deployed_at', 'entity_id', 'observed', 'kind'],
      'deployments_tier_idx',
    );
    table.index(
      ['tier', 'deployed_at', 'entity_id', 'observed', 'kind'],
      'deployments_failed_idx',
      { predicate: knex.whereNotNull('failed_at') },
    );
    table.index(
      ['recovered_at', 'tier', 'entity_id', 'observed', 'kind'],
      'deployments_recovered_idx',
      { predicate: knex.whereNotNull('recovered_at') },
    );
  });
  await knex.schema.alterTable('changes', table => {
    table.dropIndex(['deployed_at'], 'changes_deployed_at_idx');
    table.index(['deployed_at', 'entity_id'], 'changes_deployed_at_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('changes', table => {
    table.dropIndex(['deployed_at', 'entity_id'], 'changes_deployed_at_idx');
    table.index(['deployed_at'], 'changes_deployed_at_idx');
  });
  await knex.schema.alterTable('deployments', table => {
    table.dropIndex([], 'deployments_recovered_idx');
    table.dropIndex([], 'deployments_failed_idx');
    table.dropIndex([], 'deployments_tier_idx');
    table.index(['tier', 'deployed_at'], 'deployments_tier_idx');
  });
};
