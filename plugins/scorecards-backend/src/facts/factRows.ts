import { ColumnValue, toMillis } from '@waymark/backend-support';
import { FactRow } from './compareFact';

/**
 * As the database gives them.
 *
 * @internal
 */
export interface DatabaseFactRow {
  subject_id: number;
  fact_id: number;
  version: number;
  value: string;
  first_observed_at: string | number;
  observed_at: string | number;
  source: string;
  collector_id: string | null;
}

/** @internal */
export const FACT_COLUMNS = [
  'subject_id',
  'fact_id',
  'version',
  'value',
  'first_observed_at',
  'observed_at',
  'source',
  'collector_id',
] as const;

/** @internal */
export function fromDatabase(row: DatabaseFactRow): FactRow {
  return {
    subjectId: row.subject_id,
    factId: row.fact_id,
    version: row.version,
    value: row.value,
    firstObservedAt: toMillis(row.first_observed_at),
    observedAt: toMillis(row.observed_at),
    source: row.source,
    collectorId: row.collector_id ?? undefined,
  };
}

/**
 * In the order of {@link FACT_COLUMNS}.
 *
 * @internal
 */
export function toDatabase(row: FactRow): ColumnValue[] {
  return [
    row.subjectId,
    row.factId,
    row.version,
    row.value,
    row.firstObservedAt,
    row.observedAt,
    row.source,
    row.collectorId,
  ];
}
