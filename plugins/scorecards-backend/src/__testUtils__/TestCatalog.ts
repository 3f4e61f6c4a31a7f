import { isDeepStrictEqual } from 'node:util';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { createDeferred } from '@backstage/types';
import { eventually } from '@waymark/backend-test-support';
import { Knex } from 'knex';

/** Of a type that no integration knows, so that nothing adds links. */
const LOCATION = 'test:catalog';

/** What tests write of an entity. */
export type TestEntity = Omit<Entity, 'apiVersion'> & { apiVersion?: string };

function complete(entity: TestEntity): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        [ANNOTATION_LOCATION]: LOCATION,
        [ANNOTATION_ORIGIN_LOCATION]: LOCATION,
        ...entity.metadata.annotations,
      },
    },
  };
}

/** The entities of the real catalog, as the test wants them. */
export class TestCatalog {
  readonly #database = createDeferred<Knex>();
  readonly #connection = createDeferred<EntityProviderConnection>();
  readonly #entities = new Map<string, Entity>();
  /** The last version of each that the catalog did not accept. */
  readonly #refused = new Map<string, Entity>();

  get feature() {
    return createBackendModule({
      pluginId: 'catalog',
      moduleId: 'entities-of-the-test',
      register: env =>
        env.registerInit({
          deps: {
            database: coreServices.database,
            processing: catalogProcessingExtensionPoint,
          },
          init: async ({ database, processing }) => {
            this.#database.resolve(await database.getClient());
            processing.setOnProcessingErrorHandler?.(
              ({ unprocessedEntity }) => {
                this.#refused.set(
                  stringifyEntityRef(unprocessedEntity),
                  unprocessedEntity,
                );
              },
            );
            processing.addEntityProvider({
              getProviderName: () => 'entities-of-the-test',
              connect: async connection => this.#connection.resolve(connection),
            });
          },
        }),
    });
  }

  /** The catalog has these entities and no others. */
  async set(entities: TestEntity[]): Promise<void> {
    this.#entities.clear();
    await this.put(...entities);
  }

  /** Adds entities, or puts them in place of what is there. */
  async put(...entities: TestEntity[]): Promise<void> {
    for (const entity of entities.map(complete)) {
      this.#entities.set(stringifyEntityRef(entity), entity);
    }
    await this.#apply();
  }

  async remove(...entityRefs: string[]): Promise<void> {
    for (const ref of entityRefs) {
      this.#entities.delete(ref);
    }
    await this.#apply();
  }

  /** By which the catalog itself finds an entity. */
  async searchKeys(
    entityRef: string,
  ): Promise<{ key: string; value: string | null }[]> {
    const knex = await this.#database;
    return knex('search')
      .join('final_entities', 'final_entities.entity_id', 'search.entity_id')
      .where({ entity_ref: entityRef })
      .select('key', 'value');
  }

  async #apply(): Promise<void> {
    const connection = await this.#connection;
    await connection.applyMutation({
      type: 'full',
      entities: [...this.#entities.values()].map(entity => ({ entity })),
    });
    await eventually('the catalog is as the test wants it', () =>
      this.#isSettled(),
    );
  }

  async #isSettled(): Promise<boolean> {
    const knex = await this.#database;
    const [{ waiting }] = await knex('stitch_queue').count({ waiting: '*' });
    if (Number(waiting) > 0) {
      return false;
    }
    const rows: { entity_ref: string; final_entity: string | null }[] =
      await knex('final_entities').select('entity_ref', 'final_entity');
    const present = new Map(
      rows.map(row => [
        row.entity_ref,
        row.final_entity ? (JSON.parse(row.final_entity) as Entity) : undefined,
      ]),
    );
    return (
      [...present.keys()].every(ref => this.#entities.has(ref)) &&
      [...this.#entities].every(
        ([ref, wanted]) =>
          isAsWanted(present.get(ref), wanted) ||
          isAsWanted(this.#refused.get(ref), wanted),
      )
    );
  }
}

function isAsWanted(present: Entity | undefined, wanted: Entity): boolean {
  if (!present) {
    return false;
  }
  const { uid, etag, ...metadata } = present.metadata;
  return (
    isDeepStrictEqual(present.spec, wanted.spec) &&
    Object.entries({ namespace: 'default', ...wanted.metadata }).every(
      ([key, value]) => isDeepStrictEqual(metadata[key], value),
    ) &&
    Object.keys(metadata).every(
      key => key === 'namespace' || key in wanted.metadata,
    )
  );
}
