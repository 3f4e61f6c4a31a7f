import {
  CatalogChange,
  CatalogListener,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { markDue } from '../worker/markDue';
import { groupKey } from './groupKey';

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
      key: string | null;
    }[] = await whereAny(
      tx,
      tx('entities').leftJoin(
        'rollup_groups',
        'rollup_groups.id',
        'entities.rollup_group',
      ),
      'entities.id',
      ids,
    ).select(
      'entities.id',
      'kind',
      'type',
      'lifecycle',
      'deleted_at',
      'rollup_groups.key',
    );
    await markDue(
      tx,
      rows
        .filter(
          row =>
            row.key !==
            groupKey({ ...row, isDeleted: row.deleted_at !== null }),
        )
        .map(({ id }) => id),
    );
  }
}
