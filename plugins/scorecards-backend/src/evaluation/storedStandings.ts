import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { ComputedStanding } from './standing';

/**
 * A standing as it is stored.
 *
 * @internal
 */
export interface StoredStanding extends ComputedStanding {
  scorecardId: number;
  /** Whose levels it means. */
  scorecardRevisionId: number;
}

interface StandingRow {
  subject_id: number;
  scorecard_id: number;
  level: number;
  through_exemption: boolean | number;
  score: number | null;
  scorecard_revision_id: number;
}

/**
 * The standings of subjects, by the id of the subject and of the scorecard.
 *
 * @internal
 */
export async function readStandings(
  tx: Knex,
  subjectIds: readonly number[],
): Promise<Map<number, Map<number, StoredStanding>>> {
  const rows: StandingRow[] = await whereAny(
    tx,
    tx('standings'),
    'subject_id',
    subjectIds,
  ).select(
    'subject_id',
    'scorecard_id',
    'level',
    'through_exemption',
    'score',
    'scorecard_revision_id',
  );
  const stored = new Map<number, Map<number, StoredStanding>>();
  for (const row of rows) {
    let ofSubject = stored.get(row.subject_id);
    if (!ofSubject) {
      ofSubject = new Map();
      stored.set(row.subject_id, ofSubject);
    }
    ofSubject.set(row.scorecard_id, {
      scorecardId: row.scorecard_id,
      level: row.level,
      throughExemption: Boolean(row.through_exemption),
      score: row.score ?? undefined,
      scorecardRevisionId: row.scorecard_revision_id,
    });
  }
  return stored;
}

/**
 * Whether a standing is stored as it was computed.
 *
 * @internal
 */
export function isStored(
  stored: StoredStanding | undefined,
  computed: ComputedStanding | undefined,
  { levelsRevisionId }: ScorecardDefinition,
): boolean {
  if (!stored || !computed) {
    return !stored && !computed;
  }
  return (
    stored.level === computed.level &&
    stored.throughExemption === computed.throughExemption &&
    stored.score === computed.score &&
    stored.scorecardRevisionId === levelsRevisionId
  );
}
