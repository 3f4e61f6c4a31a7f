import { ServiceProvenance } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { selectDeviations } from '../../deviations/selectDeviations';
import { DeviationRecord, toDeviation } from '../../deviations/toDeviation';
import { isoTime } from '../../calendar/isoTime';

/** A service may have changed every file. */
const MAX_DEVIATIONS = 100;

interface ProvenanceRecord {
  template_ref: string;
  version: string | null;
  latest_version: string | null;
  verified: boolean | number;
  conformant: boolean | number;
  problems: string;
  checked_at: string | number;
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
  const deviations: DeviationRecord[] = await selectDeviations(
    knex('deviations').join('entities', 'entities.id', 'deviations.entity_id'),
  )
    .where({ entity_id: entity.id })
    .orderBy(['deviations.path', 'deviations.id'])
    .limit(MAX_DEVIATIONS);
  return {
    templateRef: found.template_ref,
    version: found.version ?? '',
    latestVersion: found.latest_version ?? undefined,
    verified: Boolean(found.verified),
    conformant: Boolean(found.conformant),
    checkedAt: isoTime(found.checked_at),
    problems: JSON.parse(found.problems),
    deviations: deviations.map(toDeviation),
  };
}
