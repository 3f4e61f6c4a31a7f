import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { FilterPredicate } from '@backstage/filter-predicates';
import {
  EntityAccess,
  EntityFilter,
  EntitySelection,
  GroupTree,
  NarrowEntities,
  narrowToSelection,
  NONE,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { whereActiveService } from '../../services/whereActiveService';

/** The annotation by which a component says from which template it was made. */
const SOURCE_TEMPLATE = 'metadata.annotations.backstage.io/source-template';

/** Which services a report is about. */
export interface ReportSelection
  extends Pick<EntitySelection, 'system' | 'domain'> {
  owner?: string;
  /** Only what the group itself owns, without those below it. */
  direct?: boolean;
  /** The ref of a golden path. */
  template?: string;
  /** One entity alone, be it a service or not. */
  entityRef?: string;
}

/**
 * What a report may count: what the caller may read of what they ask for.
 *
 * @internal
 */
export interface ReportScope {
  filter: EntityFilter;
  /** Ids of the services. */
  services: readonly number[];
  /**
   * Ids of whatever has tickets: beside services there are squads, whose tickets are
   * about no service.
   */
  askers: readonly number[];
  /** Narrows a query to services. */
  narrow: NarrowEntities;
  /** Narrows a query to whatever has tickets. */
  narrowAskers: NarrowEntities;
}

/**
 * Finds out what a report may count.
 *
 * @throws NotFoundError when one entity is asked for that the caller may not read
 * @internal
 */
export async function findReportScope(options: {
  access: EntityAccess;
  credentials: BackstageCredentials;
  filter: EntityFilter;
  knex: Knex;
  selection: ReportSelection;
  services: FilterPredicate;
}): Promise<ReportScope> {
  const { access, credentials, filter, knex, selection } = options;
  if (selection.entityRef !== undefined) {
    const { id } = await access.requireRead(credentials, selection.entityRef);
    return toScope({ knex, filter, services: [id], askers: [id] });
  }

  const { template, owner, direct = false, system, domain } = selection;
  const select = await narrowToSelection({
    knex,
    filter,
    selection: { owner, system, domain },
  });
  const query = knex('entities').select<{ id: number }[]>('entities.id');
  filter(query, 'entities.id');
  select?.(query);
  whereActiveService({ knex, query, predicate: options.services });
  if (direct && owner !== undefined && owner !== NONE) {
    query.where('entities.owner_ref', owner);
  }
  if (template !== undefined) {
    query.whereIn(
      'entities.id',
      knex('entity_search')
        .where({ key: SOURCE_TEMPLATE, value: template })
        .select('entity_id'),
    );
  }
  const services = (await query).map(({ id }) => id);
  const aboutServices =
    template !== undefined || system !== undefined || domain !== undefined;
  const squads = aboutServices
    ? []
    : await squadsOf({ knex, filter, owner, direct });
  return toScope({ knex, filter, services, askers: [...services, ...squads] });
}

/** The scope of some entities. */
export function toScope(options: {
  knex: Knex;
  filter: EntityFilter;
  services: readonly number[];
  askers: readonly number[];
}): ReportScope {
  const { knex, ...scope } = options;
  return {
    ...scope,
    narrow: narrowTo(knex, scope.services),
    narrowAskers: narrowTo(knex, scope.askers),
  };
}

function narrowTo(knex: Knex, ids: readonly number[]): NarrowEntities {
  return (query, column) => {
    whereAny(knex, query, column, ids);
  };
}

async function squadsOf(options: {
  knex: Knex;
  filter: EntityFilter;
  owner?: string;
  direct: boolean;
}): Promise<number[]> {
  const { knex, filter, owner, direct } = options;
  if (owner === NONE) {
    return [];
  }
  const query = knex('entities')
    .where('entities.kind', 'group')
    .whereNull('entities.deleted_at')
    .select<{ id: number }[]>('entities.id');
  filter(query, 'entities.id');
  if (owner !== undefined) {
    const refs = direct
      ? [owner]
      : (await GroupTree.read(knex, filter)).downwards(owner);
    whereAny(knex, query, 'entities.ref', refs);
  }
  return (await query).map(({ id }) => id);
}
