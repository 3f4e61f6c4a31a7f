import { Knex } from 'knex';

/**
 * Whether the database is PostgreSQL; else it is SQLite.
 *
 * @public
 */
export function isPostgres(knex: Knex | Knex.Transaction): boolean {
  return knex.client.config.client === 'pg';
}
