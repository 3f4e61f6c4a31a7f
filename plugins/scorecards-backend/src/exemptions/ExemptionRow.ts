import { toMillis } from '@waymark/backend-support';
import { Exemption } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';

/** Eight bytes: PostgreSQL hands them out as text. */
type Time = string | number;

/**
 * An exemption as it is stored, with the names of what it is about.
 *
 * @internal
 */
export interface ExemptionRow {
  id: number;
  subject_id: number;
  entity_ref: string;
  entity_title: string | null;
  scorecard_ref: string;
  rule_key: string;
  state: Exemption['state'];
  reason: string;
  requested_by: string;
  requested_at: Time;
  starts_at: Time | null;
  expires_at: Time;
  decided_by: string | null;
  decided_at: Time | null;
  decision_note: string | null;
  revoked_by: string | null;
  revoked_at: Time | null;
  revocation_note: string | null;
}

/**
 * Exemptions joined with what they are about.
 *
 * @internal
 */
export function exemptionRows(tx: Knex) {
  return tx('exemptions')
    .join('subjects', 'subjects.id', 'exemptions.subject_id')
    .join('rules', 'rules.id', 'exemptions.rule_id')
    .join('scorecards', 'scorecards.id', 'rules.scorecard_id');
}

/**
 * What {@link ExemptionRow} needs of {@link exemptionRows}.
 *
 * @internal
 */
export const exemptionColumns = {
  id: 'exemptions.id',
  subject_id: 'exemptions.subject_id',
  entity_ref: 'subjects.ref',
  entity_title: 'subjects.title',
  scorecard_ref: 'scorecards.ref',
  rule_key: 'rules.rule_key',
  state: 'exemptions.state',
  reason: 'exemptions.reason',
  requested_by: 'exemptions.requested_by',
  requested_at: 'exemptions.requested_at',
  starts_at: 'exemptions.starts_at',
  expires_at: 'exemptions.expires_at',
  decided_by: 'exemptions.decided_by',
  decided_at: 'exemptions.decided_at',
  decision_note: 'exemptions.decision_note',
  revoked_by: 'exemptions.revoked_by',
  revoked_at: 'exemptions.revoked_at',
  revocation_note: 'exemptions.revocation_note',
};

/**
 * An exemption as callers see it. Its time is over when it says so, not when
 * the sweep has marked it.
 *
 * @internal
 */
export function toExemption(row: ExemptionRow, now: number): Exemption {
  const time = (value: Time | null) =>
    value === null ? undefined : new Date(toMillis(value)).toISOString();
  const lapsed =
    ['requested', 'approved'].includes(row.state) &&
    toMillis(row.expires_at) <= now;
  return {
    id: String(row.id),
    entityRef: row.entity_ref,
    entityTitle: row.entity_title ?? undefined,
    scorecardRef: row.scorecard_ref,
    ruleId: row.rule_key,
    state: lapsed ? 'expired' : row.state,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: new Date(toMillis(row.requested_at)).toISOString(),
    startsAt: time(row.starts_at),
    expiresAt: new Date(toMillis(row.expires_at)).toISOString(),
    decidedBy: row.decided_by ?? undefined,
    decidedAt: time(row.decided_at),
    decisionNote: row.decision_note ?? undefined,
    revokedBy: row.revoked_by ?? undefined,
    revokedAt: time(row.revoked_at),
    revocationNote: row.revocation_note ?? undefined,
  };
}
