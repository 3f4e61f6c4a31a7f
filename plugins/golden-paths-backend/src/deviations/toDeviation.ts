import { Deviation } from '@waymark/plugin-golden-paths-common';
import { isoTime, optionalTime } from '../calendar/isoTime';
import { DeviationRow } from './deviationRows';
import { partOf } from './partOf';

/**
 * A deviation with its service, and the parts of the path as JSON, if it is known.
 *
 * @internal
 */
export type DeviationRecord = DeviationRow & {
  ref: string;
  title: string | null;
  owner_ref: string | null;
  parts: string | null;
};

/** @internal */
export function toDeviation(row: DeviationRecord): Deviation {
  const part = partOf(row.path);
  return {
    id: row.id,
    entityRef: row.ref,
    entityTitle: row.title ?? undefined,
    ownerRef: row.owner_ref ?? undefined,
    templateRef: row.template_ref,
    path: row.path,
    part,
    partTitle: part && titleOf(part, row.parts),
    kind: row.kind,
    reason: row.reason ?? undefined,
    state: row.state,
    since: optionalTime(row.since) ?? isoTime(0),
    decidedBy: row.decided_by ?? undefined,
    decidedAt: optionalTime(row.decided_at),
    comment: row.comment ?? undefined,
    expiresAt: optionalTime(row.expires_at),
  };
}

function titleOf(part: string, parts: string | null): string | undefined {
  const known: { name: string; title?: string }[] = JSON.parse(parts ?? '[]');
  return known.find(({ name }) => name === part)?.title;
}
