import { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import {
  CatalogChange,
  CatalogListener,
  findSource,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';

const MAX_URL_LENGTH = 2048;

/**
 * Keeps a row of `provenance` for each component that has a repository of its own,
 * and has it looked at when the component changes.
 *
 * @internal
 */
export class ProvenanceListener implements CatalogListener {
  readonly #clock: () => number;
  readonly #integrations: ScmIntegrations;

  constructor(options: { clock: () => number; integrations: ScmIntegrations }) {
    this.#clock = options.clock;
    this.#integrations = options.integrations;
  }

  async onEntities(tx: Knex.Transaction, change: CatalogChange): Promise<void> {
    const now = this.#clock();
    const gone = change.deleted.map(({ id }) => id);
    for (const { id, entity } of change.upserted) {
      const root = this.#rootOf(entity);
      if (root === undefined) {
        gone.push(id);
        continue;
      }
      await tx('provenance')
        .insert({
          entity_id: id,
          repository_url: root,
          verified: false,
          conformant: false,
          problems: '[]',
          due_at: now,
        })
        .onConflict('entity_id')
        .merge(['repository_url', 'due_at']);
    }
    if (gone.length > 0) {
      for (const table of ['provenance', 'deviations']) {
        await whereAny(tx, tx(table), 'entity_id', gone).delete();
      }
    }
  }

  /** Of a repository that is the component's alone: in its top folder. */
  #rootOf(entity: Entity): string | undefined {
    if (entity.kind.toLowerCase() !== 'component') {
      return undefined;
    }
    try {
      const { root, folder } = findSource(entity, this.#integrations);
      return folder === '' && root.length <= MAX_URL_LENGTH ? root : undefined;
    } catch {
      return undefined;
    }
  }
}
