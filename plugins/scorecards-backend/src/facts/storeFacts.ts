import { Knex } from 'knex';
import { selectRows } from '../database/selectRows';
import { whereAny } from '../database/whereAny';
import { compareFact, FactRow } from './compareFact';
import { MAX_FACTS_PER_SUBJECT } from './factLimits';
import { factNames } from './factNames';
import { DatabaseFactRow, FACT_COLUMNS, fromDatabase } from './factRows';
import { FactWrites } from './FactWrites';
import { keyOf, latestOf } from './latestOf';
import { lockVersions } from './lockVersions';

/**
 * A fact that may be stored.
 *
 * @internal
 */
export interface CheckedFact {
  subjectId: number;
  name: string;
  /** JSON, with the keys of objects in order. */
  value: string;
  observedAt: number;
  source: string;
}

/** @internal */
export type StoreResult = 'accepted' | 'superseded' | 'unknown' | 'tooMany';

/**
 * Stores facts and what is left of those before them.
 *
 * @param options - `replacedSubjects`: of which the collector says nothing else
 * @returns what became of each fact, and whether a subject is due now
 * @internal
 */
export async function storeFacts(
  tx: Knex.Transaction,
  options: {
    facts: CheckedFact[];
    collectorId: string | undefined;
    replacedSubjects: number[];
    now: number;
  },
): Promise<{ results: StoreResult[]; isDue: boolean }> {
  const { facts, collectorId, replacedSubjects, now } = options;
  const subjects = await lockVersions(tx, [
    ...facts.map(({ subjectId }) => subjectId),
    ...replacedSubjects,
  ]);
  const latest = latestOf(facts.filter(fact => subjects.has(fact.subjectId)));
  const names = await factNames(
    tx,
    [...latest.values()].map(({ name }) => name),
  );
  const idOf = (fact: CheckedFact) => names.get(fact.name)!.id;

  const stored = new Map<string, FactRow>();
  const rows = await selectRows<DatabaseFactRow>(tx, {
    table: 'facts',
    keys: ['subject_id', 'fact_id'],
    rows: [...latest.values()].map(fact => [fact.subjectId, idOf(fact)]),
    columns: FACT_COLUMNS,
  });
  for (const row of rows.map(fromDatabase)) {
    stored.set(`${row.subjectId} ${row.factId}`, row);
  }
  const storedOf = (fact: CheckedFact) =>
    stored.get(`${fact.subjectId} ${idOf(fact)}`);

  const tooMany = await overfull(
    tx,
    [...latest.values()].filter(fact => !storedOf(fact)),
  );
  const writes = new FactWrites({ subjects, now });
  const outcomes = new Map<string, StoreResult>();
  for (const [key, fact] of latest) {
    const { subjectId, observedAt } = fact;
    const { referencedVersion } = subjects.get(subjectId)!;
    const before = storedOf(fact);
    const row = {
      subjectId,
      factId: idOf(fact),
      value: fact.value,
      observedAt,
      receivedAt: now,
      source: fact.source,
      collectorId,
    };
    const comparison = compareFact({
      stored: before,
      seen: row,
      referencedVersion,
      maxAge: names.get(fact.name)!.maxAge,
      now,
    });
    outcomes.set(key, comparison === 'superseded' ? 'superseded' : 'accepted');
    if (!before && tooMany.has(subjectId)) {
      outcomes.set(key, 'tooMany');
    } else if (before && comparison === 'confirmed') {
      writes.confirm({ ...before, ...row });
    } else if (comparison === 'changed' || comparison === 'attributed') {
      writes.store({
        row: { ...row, firstObservedAt: observedAt },
        before,
        isDue: comparison === 'changed',
      });
    }
  }
  for (const row of await ofCollector(tx, {
    collectorId,
    subjectIds: replacedSubjects.filter(id => subjects.has(id)),
    except: [...latest.values()].map(fact => `${fact.subjectId} ${idOf(fact)}`),
  })) {
    writes.remove(row);
  }
  await writes.write(tx);

  return {
    isDue: writes.isDue,
    results: facts.map(fact => {
      const key = keyOf(fact);
      const outcome = outcomes.get(key) ?? 'unknown';
      return outcome === 'accepted' && latest.get(key)!.value !== fact.value
        ? 'superseded'
        : outcome;
    }),
  };
}

/** The subjects that would have too many facts. */
async function overfull(
  tx: Knex.Transaction,
  added: CheckedFact[],
): Promise<Set<number>> {
  const counts = new Map<number, number>();
  for (const { subjectId } of added) {
    counts.set(subjectId, (counts.get(subjectId) ?? 0) + 1);
  }
  const rows: { subject_id: number; facts: string | number }[] =
    counts.size === 0
      ? []
      : await whereAny(tx, tx('facts'), 'subject_id', [...counts.keys()])
          .groupBy('subject_id')
          .select('subject_id')
          .count({ facts: '*' });
  for (const { subject_id: id, facts } of rows) {
    counts.set(id, counts.get(id)! + Number(facts));
  }
  return new Set(
    [...counts].flatMap(([id, count]) =>
      count > MAX_FACTS_PER_SUBJECT ? [id] : [],
    ),
  );
}

/** What a collector said earlier about subjects. */
async function ofCollector(
  tx: Knex.Transaction,
  options: {
    collectorId: string | undefined;
    subjectIds: number[];
    except: string[];
  },
): Promise<FactRow[]> {
  const { collectorId, subjectIds } = options;
  if (collectorId === undefined || subjectIds.length === 0) {
    return [];
  }
  const except = new Set(options.except);
  const rows: DatabaseFactRow[] = await whereAny(
    tx,
    tx('facts').where({ collector_id: collectorId }),
    'subject_id',
    subjectIds,
  ).select(...FACT_COLUMNS);
  return rows
    .map(fromDatabase)
    .filter(row => !except.has(`${row.subjectId} ${row.factId}`));
}
