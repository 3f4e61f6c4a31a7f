import { Knex } from 'knex';

/**
 * A retry skips the steps that had ended well. Where what they made is gone, the
 * scaffolder has to forget that they did.
 *
 * @internal
 */
export async function forgetProgress(
  knex: Knex,
  taskId: string,
): Promise<void> {
  await knex('tasks')
    .where({ id: taskId })
    .whereIn('status', ['failed', 'cancelled'])
    .update({ state: null });
}
