import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { FilterPredicate } from '@backstage/filter-predicates';
import { HumanDuration, JsonValue } from '@backstage/types';

/**
 * A fact that a collector produces, for the documentation of rules.
 *
 * @public
 */
export interface FactDefinition {
  /** Dotted, such as `coverage.percent`. */
  name: string;
  type: 'string' | 'number' | 'boolean' | 'timestamp' | 'list' | 'map';
  description: string;
}

/**
 * What a collector found out about one entity.
 *
 * @public
 */
export type CollectedFacts =
  | {
      entityRef: string;
      /**
       * All facts of this collector about the entity: what it said earlier and
       * does not say now is removed.
       */
      facts: {
        name: string;
        value: JsonValue;
        /** Default: when the call began. */
        observedAt?: Date;
        /** Default: the id of the collector. An address reads better. */
        source?: string;
      }[];
      /** Handed to the next collection, such as an etag. */
      state?: string;
    }
  | {
      entityRef: string;
      /** The source says that nothing changed since `state`; facts stay, observed now. */
      unchanged: true;
    }
  | {
      entityRef: string;
      /** For people. The facts stay as they are, and are marked as stale. */
      error: Error;
    };

/**
 * What a collector is asked for.
 *
 * @public
 */
export interface CollectOptions {
  entities: Entity[];
  /** What the last collection left, by entity ref. */
  states: ReadonlyMap<string, string>;
  /** Aborted when the time is over or the backend ends. */
  signal: AbortSignal;
  logger: LoggerService;
}

/**
 * Produces facts about entities by asking some source.
 *
 * Entities for which nothing is yielded count as failed. Throwing fails all that
 * were not yielded before. A `RateLimitError` stops all collections of the
 * collector until its time.
 *
 * @public
 */
export interface FactCollector {
  /** Lower case words with dashes, such as `repository-files`. */
  id: string;
  title: string;
  facts: FactDefinition[];
  /** The entities to ask for. Default: all. */
  appliesTo?: FilterPredicate;
  /**
   * How long facts are left alone. Each entity has its own moment within that time,
   * so that not all are due at once.
   */
  every: HumanDuration;
  /** Collect as soon as the catalog says that the entity is new or has changed. Default: true. */
  onEntityChange?: boolean;
  /** Of one call. Default: 1 minute. */
  timeout?: HumanDuration;
  /** Entities per call, at most 1000. Default: 50. */
  batchSize?: number;
  /** Calls at a time on each replica. Default: 1. */
  concurrency?: number;
  collect(options: CollectOptions): AsyncIterable<CollectedFacts>;
  /** Called once at start, for collectors that hear of changes by themselves. */
  start?(control: CollectorControl): Promise<void> | void;
}

/**
 * Lets a collector say that it has news.
 *
 * @public
 */
export interface CollectorControl {
  /** Collect for these entities now, whatever the schedule says. */
  refresh(options: { entityRefs: string[] }): Promise<void>;
  /**
   * Collect now for all entities of which an annotation is a value, or begins with
   * it and goes on with `/`, `?`, `#` or `:`, such as
   * `backstage.io/managed-by-location` with the address of a repository.
   */
  refreshByAnnotation(options: {
    annotation: string;
    valuePrefix: string;
  }): Promise<void>;
}
