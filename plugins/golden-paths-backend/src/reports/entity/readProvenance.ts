import {
  Deviation,
  ServiceProvenance,
} from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { isoTime, optionalTime } from '../isoTime';
import { partOf } from '../../deviations/partOf';

/** A service may have changed every file. */
const MAX_DEVIATIONS = 100;

type Time = string | number | null;

interface ProvenanceRecord {
  template_ref: string;
  version: string | null;
  latest_version: string | null;
  verified: boolean | number;
  conformant: boolean | number;
  problems: string;
  checked_at: string | number;
}

interface DeviationRecord {
  id: string;
  template_ref: string;
  path: string;
  kind: Deviation['kind'];
  reason: string | null;
  state: Deviation['state'];
  since: string | number;
  decided_by: string | null;
  decided_at: Time;
  comment: string | null;
  expires_at: Time;
}

/**
 * Which path an entity follows, and where it deviates from it.
 *
 * @returns undefined when it follows none, or nobody has looked yet
 * @internal
 */
export async function readProvenance(
  knex: Knex,
  entity: { id: number; ref: string },
): Promise<ServiceProvenance | undefined> {
  const found: ProvenanceRecord | undefined = await knex('provenance')
    .leftJoin(
      'template_versions',
      'template_versions.template_ref',
      'provenance.template_ref',
    )
    .where('provenance.entity_id', entity.id)
    .whereNotNull('provenance.template_ref')
    .whereNotNull('provenance.checked_at')
    .first('provenance.*', {
      latest_version: 'template_versions.version',
    });
  if (!found) {
    return undefined;
  }
  const deviations: DeviationRecord[] = await knex('deviations')
    .where({ entity_id: entity.id })
    .orderBy(['path', 'id'])
    .limit(MAX_DEVIATIONS);
  return {
    templateRef: found.template_ref,
    version: found.version ?? '',
    latestVersion: found.latest_version ?? undefined,
    verified: Boolean(found.verified),
    conformant: Boolean(found.conformant),
    checkedAt: isoTime(found.checked_at),
    problems: JSON.parse(found.problems),
    deviations: deviations.map(row => toDeviation(row, entity.ref)),
  };
}

function toDeviation(row: DeviationRecord, entityRef: string): Deviation {
  return {
    id: row.id,
    entityRef,
    templateRef: row.template_ref,
    path: row.path,
    part: partOf(row.path),
    kind: row.kind,
    reason: row.reason ?? undefined,
    state: row.state,
    since: isoTime(row.since),
    decidedBy: row.decided_by ?? undefined,
    decidedAt: optionalTime(row.decided_at),
    comment: row.comment ?? undefined,
    expiresAt: optionalTime(row.expires_at),
  };
}
