/**
 * Which entity an event speaks for, and what has to be derived anew.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('events', table => {
    table
      .string('authority', 512)
      .notNullable()
      .defaultTo('')
      .comment(
        'The entity for which its sender may speak; empty: for all. Nobody takes the ids of another',
      );
    table.dropUnique(['source', 'event_id'], 'events_source_event_id_uniq');
    table.unique(['source', 'event_id', 'authority'], {
      indexName: 'events_identity_uniq',
    });
  });

  await knex.schema.alterTable('entities', table => {
    table.dropIndex(['due_at'], 'entities_due_at_idx');
  });
  await knex.schema.alterTable('entities', table => {
    table.dropColumns('due_at', 'lease_until', 'lease', 'version');
  });

  await knex.schema.createTable('due', table => {
    table.comment(
      'Entities to derive anew. Rows are only added, so that whoever accepts an event waits for nobody',
    );
    table.bigIncrements('id');
    table.integer('entity_id').notNullable();
    table.index(['entity_id'], 'due_entity_idx');
  });

  await knex.schema.createTable('entity_keys', table => {
    table.comment('By what events name an entity: refs, addresses, artifacts');
    table.string('key', 512).notNullable();
    table.integer('entity_id').notNullable();
    table
      .integer('rank')
      .notNullable()
      .comment(
        'The lowest of a key wins: itself, a former name, a deleted one',
      );
    table.primary(['key', 'entity_id']);
    table.index(['entity_id'], 'entity_keys_entity_idx');
  });

  await knex.schema.createTable('unmatched_keys', table => {
    table.comment('By what events name an entity that nobody knows yet');
    table.bigInteger('event_sequence').notNullable();
    table.integer('position').notNullable().comment('The strongest is 0');
    table.string('key', 512).notNullable();
    table.primary(['event_sequence', 'position']);
    table.index(['key'], 'unmatched_keys_key_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['unmatched_keys', 'entity_keys', 'due']) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('entities', table => {
    table.bigInteger('due_at');
    table.bigInteger('lease_until');
    table.string('lease', 36);
    table.integer('version').notNullable().defaultTo(0);
    table.index(['due_at'], 'entities_due_at_idx', {
      predicate: knex.whereNotNull('due_at'),
    });
  });
  await knex('events').whereNot('authority', '').delete();
  await knex.schema.alterTable('events', table => {
    table.dropUnique(
      ['source', 'event_id', 'authority'],
      'events_identity_uniq',
    );
    table.dropColumn('authority');
    table.unique(['source', 'event_id'], {
      indexName: 'events_source_event_id_uniq',
    });
  });
};
