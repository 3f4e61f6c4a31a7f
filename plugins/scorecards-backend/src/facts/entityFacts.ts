import { Fact } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { FactStore } from './FactStore';

/**
 * The facts about a subject for people and programs. Those of a collector that
 * could not be asked the last time are stale.
 *
 * @internal
 */
export async function entityFacts(options: {
  database: Knex;
  store: FactStore;
  subjectId: number;
}): Promise<Fact[]> {
  const { database, store, subjectId } = options;
  const facts = (await store.read([subjectId])).get(subjectId) ?? [];
  const failures: { collector_id: string; error: string }[] = await database(
    'collections',
  )
    .where({ subject_id: subjectId })
    .whereNotNull('error')
    .select('collector_id', 'error');
  const errors = new Map(failures.map(row => [row.collector_id, row.error]));

  return facts.map(({ name, value, observedAt, source, collectorId }) => {
    const staleReason = collectorId && errors.get(collectorId);
    return {
      name,
      value: JSON.parse(value),
      observedAt: new Date(observedAt).toISOString(),
      source,
      ...(staleReason !== undefined && { stale: true, staleReason }),
    };
  });
}
