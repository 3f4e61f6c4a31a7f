/**
 * Webhooks as they were received, and the events that were reported.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('webhook_deliveries', table => {
    table.comment('Webhooks, written before they are acknowledged');
    table.string('id', 36).primary();
    table.string('sender', 32).notNullable().comment('github');
    table
      .string('delivery_id', 255)
      .notNullable()
      .comment("The sender's id of the delivery, which no signature covers");
    table
      .string('digest', 64)
      .notNullable()
      .comment('SHA-256 of the signed body, in hexadecimal');
    table.string('event', 64).notNullable().comment('Kind, such as push');
    table.text('metadata').notNullable().comment('Headers, as JSON');
    table
      .text('body')
      .comment('As it was signed; gone as soon as it has been published');
    table
      .string('state', 16)
      .notNullable()
      .comment('received, published or failed');
    table.integer('attempts').notNullable().comment('To publish it');
    table.timestamp('received_at', { precision: 3 }).notNullable();
    table
      .timestamp('next_attempt_at', { precision: 3 })
      .comment('Until then it belongs to whoever is publishing it');
    table.timestamp('published_at', { precision: 3 });
    table.text('error').comment('Why the last attempt failed');
    // Two replicas that receive the same at once are told apart by these
    table.unique(['sender', 'delivery_id'], {
      indexName: 'webhook_deliveries_delivery_id_uniq',
    });
    table.unique(['sender', 'digest'], {
      indexName: 'webhook_deliveries_digest_uniq',
    });
    table.index(
      ['state', 'next_attempt_at'],
      'webhook_deliveries_next_attempt_idx',
    );
    table.index(['received_at'], 'webhook_deliveries_received_at_idx');
  });

  await knex.schema.createTable('events', table => {
    table.comment('What happened to services; rows are never changed');
    table.bigIncrements('sequence').comment('In the order of acceptance');
    table.string('source', 1024).notNullable();
    table.string('event_id', 255).notNullable();
    table.string('type', 255).notNullable();
    table.string('entity_ref', 512).notNullable();
    table.string('subject_id', 1024).notNullable();
    table
      .timestamp('occurred_at', { precision: 3 })
      .notNullable()
      .comment('As the sender says');
    table.timestamp('received_at', { precision: 3 }).notNullable();
    table
      .string('received_from', 512)
      .notNullable()
      .comment('Entity ref of a person, or subject of a CI credential');
    table.text('envelope').notNullable().comment('The CloudEvent, as JSON');
    table.unique(['source', 'event_id'], {
      indexName: 'events_source_event_id_uniq',
    });
    table.index(
      ['entity_ref', 'occurred_at', 'sequence'],
      'events_entity_ref_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('events');
  await knex.schema.dropTable('webhook_deliveries');
};
