import { Knex } from 'knex';
import { EntityFilter } from './EntityFilter';

/**
 * The groups that a caller may read, and which is part of which.
 *
 * @public
 */
export class GroupTree {
  readonly #children = new Map<string, string[]>();
  readonly #groups = new Map<string, { title?: string; parent?: string }>();

  static async read(knex: Knex, filter: EntityFilter): Promise<GroupTree> {
    const { entities, search, searchId } = filter.tables;
    const query = knex(`${search} as kind`)
      .join(`${entities} as group`, 'group.id', `kind.${searchId}`)
      .leftJoin(`${search} as parent`, join =>
        join
          .on(`parent.${searchId}`, 'group.id')
          .andOnVal('parent.key', 'relations.childof'),
      )
      .where({ 'kind.key': 'kind', 'kind.value': 'group' })
      .whereNull('group.deleted_at')
      .orderBy('group.ref')
      .select<{ ref: string; title: string | null; parent: string | null }[]>({
        ref: 'group.ref',
        title: 'group.title',
        parent: 'parent.value',
      });
    filter(query, 'group.id');
    return new GroupTree(await query);
  }

  private constructor(
    rows: { ref: string; title: string | null; parent: string | null }[],
  ) {
    for (const { ref, title } of rows) {
      this.#groups.set(ref, { title: title ?? undefined });
    }
    for (const { ref, parent } of rows) {
      const group = this.#groups.get(ref);
      // Of a group that may not be read, nothing is said
      if (group && !group.parent && parent && this.#groups.has(parent)) {
        group.parent = parent;
        const siblings = this.#children.get(parent) ?? [];
        this.#children.set(parent, [...siblings, ref]);
      }
    }
  }

  title(ref: string): string | undefined {
    return this.#groups.get(ref)?.title;
  }

  parent(ref: string): string | undefined {
    return this.#groups.get(ref)?.parent;
  }

  /** The group and all above it; ends where they run in a circle. */
  upwards(ref: string): string[] {
    const refs = new Set<string>();
    for (
      let next: string | undefined = ref;
      next !== undefined && !refs.has(next);
      next = this.parent(next)
    ) {
      refs.add(next);
    }
    return [...refs];
  }

  /** The group and all below it; anything else is only itself. */
  downwards(ref: string): string[] {
    const refs = new Set([ref]);
    // A set goes on with what is added while it is walked
    for (const each of refs) {
      this.#children.get(each)?.forEach(child => refs.add(child));
    }
    return [...refs];
  }
}
