import {
  CatalogChange,
  CatalogListener,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { markDue } from '../worker/markDue';
import { groupKeys, OWNER } from './groupKeys';

/**
 * Has entities counted elsewhere when they become something else in the catalog.
 *
 * @internal
 */
export class GroupListener implements CatalogListener {
  async onEntities(
    tx: Knex.Transaction,
    { upserted, deleted }: CatalogChange,
  ): Promise<void> {
    const ids = [...upserted, ...deleted].map(({ id }) => id);
    const rows: {
      id: number;
      kind: string;
      type: string | null;
      lifecycle: string | null;
      deleted_at: string | number | null;
      owner: string;
      key: string | null;
    }[] = await whereAny(
      tx,
      tx('entities').leftJoin(
        'rollup_groups',
        'rollup_groups.id',
        'entities.owner_group',
      ),
      'entities.id',
      ids,
    ).select(
      'entities.id',
      'kind',
      'type',
      'lifecycle',
      'deleted_at',
      tx.raw(`${OWNER} as owner`),
      'rollup_groups.key',
    );
    await markDue(
      tx,
      rows
        .filter(
          row =>
            // The narrower of the two says all that the other does
            row.key !==
            groupKeys({ ...row, isDeleted: row.deleted_at !== null })[1],
        )
        .map(({ id }) => id),
    );
  }
}
