import { DeviationState } from '@waymark/plugin-golden-paths-common';
import { toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Decision } from './Decision';

type Time = string | number | null;

/** @internal */
export interface DeviationRow {
  id: string;
  entity_id: number;
  template_ref: string;
  path: string;
  kind: 'changed' | 'missing' | 'left-out' | 'declared';
  reason: string | null;
  state: DeviationState;
  since: Time;
  decided_by: string | null;
  decided_at: Time;
  comment: string | null;
  expires_at: Time;
  /** When those who decide were told that it waits. */
  told_at: Time;
}

interface DecisionRow {
  id: number;
  deviation_id: string;
  reason: string;
  decision: Decision['decision'];
  decided_by: string;
  decided_at: Time;
  comment: string | null;
  expires_at: Time;
}

/**
 * All that was decided about deviations, the oldest first.
 *
 * @internal
 */
export async function readDecisions(
  knex: Knex | Knex.Transaction,
  ids: readonly string[],
): Promise<Map<string, Decision[]>> {
  const rows: DecisionRow[] = await whereAny(
    knex,
    knex('deviation_decisions'),
    'deviation_id',
    ids,
  ).orderBy('id');
  const decisions = new Map<string, Decision[]>();
  for (const row of rows) {
    const own = decisions.get(row.deviation_id) ?? [];
    decisions.set(row.deviation_id, [
      ...own,
      {
        decision: row.decision,
        reason: row.reason,
        decidedBy: row.decided_by,
        decidedAt: toMillis(row.decided_at) ?? 0,
        comment: row.comment ?? undefined,
        expiresAt: toMillis(row.expires_at),
      },
    ]);
  }
  return decisions;
}

/**
 * The columns that follow from a decision, if it is about the present reason.
 *
 * @internal
 */
export function decisionColumns(
  last: Decision | undefined,
  reason: string | undefined,
): Pick<DeviationRow, 'decided_by' | 'decided_at' | 'comment' | 'expires_at'> {
  const decision =
    last !== undefined && last.reason === reason ? last : undefined;
  return {
    decided_by: decision?.decidedBy ?? null,
    decided_at: decision?.decidedAt ?? null,
    comment: decision?.comment ?? null,
    expires_at:
      decision?.decision === 'approve' ? decision.expiresAt ?? null : null,
  };
}
