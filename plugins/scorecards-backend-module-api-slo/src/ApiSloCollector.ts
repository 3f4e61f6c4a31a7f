import { AuthService, UrlReaderService } from '@backstage/backend-plugin-api';
import {
  Entity,
  getEntitySourceLocation,
  RELATION_API_PROVIDED_BY,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ForwardedError, NotFoundError, toError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { FilterPredicate } from '@backstage/filter-predicates';
import {
  CollectedFacts,
  CollectOptions,
  CollectorControl,
  FactCollector,
  FactDefinition,
} from '@waymark/plugin-scorecards-node';
import { endpointsWithoutObjective } from './endpointsWithoutObjective';
import { Endpoint } from './contracts/Endpoint';
import { READ_TYPES, readEndpoints } from './contracts/readEndpoints';
import { digestOf, readState, State, writeState } from './ApiSloState';
import { readRepository } from './readRepository';
import { refreshOnPush } from './refreshOnPush';
import { shortenList } from './shortenList';

/**
 * Compares the endpoints of the APIs that a component provides with the
 * objectives in its repository.
 *
 * @internal
 */
export class ApiSloCollector implements FactCollector {
  readonly id = 'api-slo';
  readonly title = 'Objectives of APIs';
  readonly facts: FactDefinition[] = [
    {
      name: 'slo.endpoints',
      type: 'number',
      description:
        'Endpoints of the OpenAPI and gRPC definitions that it provides',
    },
    {
      name: 'slo.endpointsWithoutSlo',
      type: 'list',
      description: 'Those for which no OpenSLO file has an objective',
    },
    {
      name: 'slo.objectives',
      type: 'number',
      description: 'Objectives in the OpenSLO files of the repository',
    },
  ];
  readonly appliesTo: FilterPredicate = {
    $any: [
      {
        kind: 'Component',
        relations: { $contains: { type: RELATION_PROVIDES_API } },
      },
      // An API changes without a change of the component that provides it
      { kind: 'API', 'spec.type': { $in: READ_TYPES } },
    ],
  };
  readonly every = { hours: 1 };
  readonly batchSize = 20;
  readonly concurrency = 2;
  readonly timeout = { minutes: 2 };

  #control?: CollectorControl;

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      events: CatalogScmEventsService;
      reader: UrlReaderService;
    },
  ) {}

  start(control: CollectorControl): void {
    this.#control = control;
    refreshOnPush(this.options.events, control);
  }

  async *collect(options: CollectOptions): AsyncIterable<CollectedFacts> {
    const { entities, signal, states } = options;
    const components = entities.filter(({ kind }) => kind === 'Component');
    yield* this.#lookAtApis(
      entities.filter(({ kind }) => kind === 'API'),
      states,
    );

    const apis = await this.#apisOf(components);
    for (const component of components) {
      signal.throwIfAborted();
      const entityRef = stringifyEntityRef(component);
      try {
        yield await this.#collectOne({
          component,
          apis,
          state: readState(states.get(entityRef)),
          signal,
        });
      } catch (error) {
        signal.throwIfAborted();
        yield { entityRef, error: toError(error) };
      }
    }
  }

  /** Has those components looked at again whose APIs have changed. */
  async *#lookAtApis(
    apis: Entity[],
    states: ReadonlyMap<string, string>,
  ): AsyncIterable<CollectedFacts> {
    const entityRefs = new Set<string>();
    for (const api of apis) {
      const entityRef = stringifyEntityRef(api);
      const state = digestOf([api]);
      if (states.get(entityRef) !== state) {
        for (const ref of targetsOf(api, RELATION_API_PROVIDED_BY)) {
          entityRefs.add(ref);
        }
      }
      yield { entityRef, facts: [], state };
    }
    if (entityRefs.size > 0) {
      await this.#control?.refresh({ entityRefs: [...entityRefs] });
    }
  }

  async #apisOf(components: Entity[]): Promise<Map<string, Entity>> {
    const refs = components.flatMap(component =>
      targetsOf(component, RELATION_PROVIDES_API),
    );
    if (refs.length === 0) {
      return new Map();
    }
    const { items } = await this.options.catalog.getEntitiesByRefs(
      {
        entityRefs: [...new Set(refs)],
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'spec'],
      },
      { credentials: await this.options.auth.getOwnServiceCredentials() },
    );
    return new Map(
      items.flatMap(item => (item ? [[stringifyEntityRef(item), item]] : [])),
    );
  }

  async #collectOne(options: {
    component: Entity;
    apis: Map<string, Entity>;
    state: State | undefined;
    signal: AbortSignal;
  }): Promise<CollectedFacts> {
    const { component, apis, state, signal } = options;
    const entityRef = stringifyEntityRef(component);
    const provided = targetsOf(component, RELATION_PROVIDES_API).map(ref => {
      const api = apis.get(ref);
      if (!api) {
        throw new NotFoundError(
          `${ref}, which it provides, is not in the catalog`,
        );
      }
      return api;
    });
    const described = provided.filter(api =>
      READ_TYPES.includes(String(api.spec?.type)),
    );
    const source = getEntitySourceLocation(component);
    // Without endpoints, or without a repository that could say something of
    // them, nothing is known
    if (described.length === 0 || source.type !== 'url') {
      return { entityRef, facts: [] };
    }

    const digest = digestOf(described);
    const known = state?.digest === digest;
    // Before the repository is asked: it may be in vain
    const changed = known ? undefined : described.flatMap(endpointsOf);
    const read = await readRepository({
      reader: this.options.reader,
      url: source.target,
      etag: state?.etag,
      signal,
    });
    if (!read && known) {
      return { entityRef, unchanged: true };
    }
    const { etag, objectives } = read ?? state!;
    const endpoints = changed ?? described.flatMap(endpointsOf);
    const fact = (name: string, value: number | string[]) => ({
      name,
      value,
      source: source.target,
    });
    return {
      entityRef,
      facts: [
        fact('slo.endpoints', endpoints.length),
        fact(
          'slo.endpointsWithoutSlo',
          shortenList(
            endpointsWithoutObjective(endpoints, objectives.targets).map(
              ({ name }) => name,
            ),
          ),
        ),
        fact('slo.objectives', objectives.count),
      ],
      state: writeState({ digest, etag, objectives }),
    };
  }
}

function endpointsOf(api: Entity): Endpoint[] {
  try {
    return readEndpoints({
      type: String(api.spec?.type),
      definition: String(api.spec?.definition ?? ''),
    });
  } catch (error) {
    throw new ForwardedError(
      `The definition of ${stringifyEntityRef(api)} cannot be read`,
      error,
    );
  }
}

function targetsOf(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}
