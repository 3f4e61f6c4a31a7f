/**
 * The columns of an entity that say in which sums its rollups are: in those over all
 * entities like it, and in those over all like it of one owner.
 *
 * @internal
 */
export const GROUP_COLUMNS = ['rollup_group', 'owner_group'] as const;

/** @internal */
export type GroupColumn = (typeof GROUP_COLUMNS)[number];

/** Stands for what belongs to no group of people. */
export const NO_OWNER = '';

/**
 * The group that an entity belongs to, or is: squads have tickets of their own.
 * People are not compared.
 */
export const OWNER = `case
  when entities.kind = 'group' then entities.ref
  when entities.owner_ref like 'group:%' then entities.owner_ref
  else '${NO_OWNER}' end`;

/** What the groups of an entity depend on. */
export interface GroupedEntity {
  kind: string;
  type?: string | null;
  lifecycle?: string | null;
  isDeleted: boolean;
  /** As {@link OWNER} says. */
  owner: string;
}

/**
 * The keys of the groups in whose sums the rollups of an entity are, as
 * {@link GROUP_COLUMNS}: each of entities that a report takes all together, or not at
 * all.
 *
 * @internal
 */
export function groupKeys(entity: GroupedEntity): [string, string] {
  const { kind, type, lifecycle, isDeleted, owner } = entity;
  const alike = [kind, type ?? null, lifecycle ?? null, isDeleted];
  return [JSON.stringify(alike), JSON.stringify([...alike, owner])];
}

/** Whose a group is; null: of all owners. */
export function ownerOfKey(key: string): string | null {
  return JSON.parse(key)[4] ?? null;
}
