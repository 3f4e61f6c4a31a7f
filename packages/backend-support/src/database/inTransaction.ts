import { Knex } from 'knex';

/** Serialization failure and deadlock: one of the two goes again. */
const TRANSIENT = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/**
 * Runs `work` in a transaction, again when the database had to choose between
 * two. So `work` must have no effect outside the database.
 *
 * @public
 */
export async function inTransaction<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await knex.transaction(work);
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === ATTEMPTS || !TRANSIENT.has(code ?? '')) {
        throw error;
      }
      const pause = Math.random() * 20 * 2 ** attempt;
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }
}
