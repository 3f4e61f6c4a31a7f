import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { compareFact, FactRow } from './compareFact';
import { MAX_FACTS_PER_SUBJECT } from './factLimits';
import { factNames } from './factNames';
import { FactWrites } from './FactWrites';
import { keyOf, latestOf } from './latestOf';
import { lockVersions } from './lockVersions';
import {
  countFacts,
  FactKey,
  readFacts,
  readFactsOfCollector,
} from './storedFacts';

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

/** The latest of a fact in a batch, with its name's number. */
type Seen = Omit<FactRow, 'version' | 'firstObservedAt'> & {
  key: string;
  maxAge: number | undefined;
};

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
    clock: Clock;
  },
): Promise<{ results: StoreResult[]; isDue: boolean }> {
  const { facts, collectorId, replacedSubjects, clock } = options;
  const subjects = await lockVersions(tx, [
    ...facts.map(({ subjectId }) => subjectId),
    ...replacedSubjects,
  ]);
  // Now that nobody else evaluates them: so it is not before what was decided last
  const now = clock();
  const latest = latestOf(facts.filter(fact => subjects.has(fact.subjectId)));
  const names = await factNames(
    tx,
    [...latest.values()].map(({ name }) => name),
  );
  const seen = [...latest].map(([key, { name, ...fact }]): Seen => {
    const { id: factId, maxAge } = names.get(name)!;
    return { ...fact, key, factId, maxAge, collectorId };
  });
  const stored = new Map(
    (await readFacts(tx, seen)).map(row => [idOf(row), row]),
  );
  const overfull = await overfullSubjects(
    tx,
    seen.filter(fact => !stored.has(idOf(fact))),
  );

  const writes = new FactWrites({ subjects, now });
  const results = new Map<string, StoreResult>();
  for (const { key, maxAge, ...fact } of seen) {
    const before = stored.get(idOf(fact));
    if (!before && overfull.has(fact.subjectId)) {
      results.set(key, 'tooMany');
      continue;
    }
    const comparison = compareFact({
      stored: before,
      seen: fact,
      subject: subjects.get(fact.subjectId)!,
      maxAge,
      now,
    });
    results.set(key, comparison === 'superseded' ? comparison : 'accepted');
    if (before && comparison === 'confirmed') {
      writes.confirm({ ...before, ...fact });
    } else if (comparison === 'changed' || comparison === 'attributed') {
      writes.store({
        row: { ...fact, firstObservedAt: fact.observedAt },
        before,
        isDue: comparison === 'changed',
      });
    }
  }
  if (collectorId !== undefined && replacedSubjects.length > 0) {
    const said = new Set(seen.map(idOf));
    const subjectIds = replacedSubjects.filter(id => subjects.has(id));
    for (const row of await readFactsOfCollector(tx, {
      collectorId,
      subjectIds,
    })) {
      if (!said.has(idOf(row))) {
        writes.remove(row);
      }
    }
  }
  await writes.write(tx);

  return {
    isDue: writes.isDue,
    results: facts.map(fact => {
      const key = keyOf(fact);
      const result = results.get(key) ?? 'unknown';
      const isLatest = latest.get(key)?.value === fact.value;
      return result === 'accepted' && !isLatest ? 'superseded' : result;
    }),
  };
}

function idOf({ subjectId, factId }: FactKey): string {
  return `${subjectId} ${factId}`;
}

/** The subjects that would have too many facts with those that are new. */
async function overfullSubjects(
  tx: Knex.Transaction,
  added: readonly FactKey[],
): Promise<Set<number>> {
  const room = new Map<number, number>();
  for (const { subjectId } of added) {
    const before = room.get(subjectId) ?? MAX_FACTS_PER_SUBJECT;
    room.set(subjectId, before - 1);
  }
  if (room.size > 0) {
    for (const [id, count] of await countFacts(tx, [...room.keys()])) {
      room.set(id, room.get(id)! - count);
    }
  }
  return new Set([...room.keys()].filter(id => room.get(id)! < 0));
}
