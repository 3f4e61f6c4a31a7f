import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { EntityScorecards } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { FactCollectorRegistry } from '../../collectors/FactCollectorRegistry';
import { ReadableScorecards } from '../../permissions/ReadableScorecards';
import { ScorecardAccess } from '../../permissions/ScorecardAccess';
import { ScorecardDefinition } from '../../scorecards/ScorecardDefinition';
import { RuleRevisions } from '../RuleRevisions';
import { EntityState } from './EntityState';
import { readCurrentState } from './readCurrentState';
import { readPastState } from './readPastState';
import { toEntityScorecard } from './toEntityScorecard';

/**
 * Every scorecard of one entity.
 *
 * @internal
 */
export class EntityScorecardsReader {
  readonly #access: ScorecardAccess;
  readonly #collectors: Pick<FactCollectorRegistry, 'list'>;
  readonly #knex: Knex;
  readonly #now: () => number;
  readonly #readable: ReadableScorecards;
  readonly #revisions: RuleRevisions;
  #collectorByFact?: ReadonlyMap<string, string>;

  constructor(options: {
    access: ScorecardAccess;
    collectors: Pick<FactCollectorRegistry, 'list'>;
    knex: Knex;
    now: () => number;
    readable: ReadableScorecards;
    revisions: RuleRevisions;
  }) {
    this.#access = options.access;
    this.#collectors = options.collectors;
    this.#knex = options.knex;
    this.#now = options.now;
    this.#readable = options.readable;
    this.#revisions = options.revisions;
  }

  /**
   * @param options - `asOf`: in milliseconds; default: now. Then also those that
   * have left the catalog since
   * @throws NotFoundError when it is not there for the caller
   */
  async read(options: {
    credentials: BackstageCredentials;
    entityRef: string;
    asOf?: number;
  }): Promise<EntityScorecards> {
    const { credentials, entityRef, asOf } = options;
    const at = asOf ?? this.#now();
    const knex = this.#knex;
    const filter = await this.#access.filter(credentials);
    const [scorecards, state] = await Promise.all([
      this.#readable.list(credentials, asOf),
      asOf === undefined
        ? readCurrentState({
            knex,
            filter,
            entityRef,
            now: at,
            collectorOf: name => this.#collectorOf(name),
          })
        : readPastState({ knex, filter, entityRef, at }),
    ]);
    if (
      !state &&
      asOf === undefined &&
      (await this.#access.isNew(credentials, entityRef))
    ) {
      return {
        entityRef,
        asOf: new Date(at).toISOString(),
        pending: true,
        scorecards: [],
      };
    }
    if (!state) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    const revisions = await this.#revisions.get(
      otherRevisions(scorecards, state),
    );
    return {
      entityRef,
      asOf: new Date(at).toISOString(),
      ...(state.deletedAt !== undefined && {
        deletedAt: new Date(state.deletedAt).toISOString(),
      }),
      scorecards: scorecards.flatMap(
        scorecard =>
          toEntityScorecard({
            scorecard,
            state,
            revisions,
            at,
            isPast: asOf !== undefined,
          }) ?? [],
      ),
    };
  }

  #collectorOf(factName: string): string | undefined {
    // Collectors are added before the plugin starts, and stay
    this.#collectorByFact ??= new Map(
      this.#collectors
        .list()
        .flatMap(({ id, facts }) =>
          facts.map(({ name }): [string, string] => [name, id]),
        ),
    );
    return this.#collectorByFact.get(factName);
  }
}

/** Outcomes that another revision decided than the one that is in force. */
function* otherRevisions(
  scorecards: readonly ScorecardDefinition[],
  state: EntityState,
): Iterable<number> {
  for (const { rules } of scorecards) {
    for (const { id, revisionId } of rules) {
      const used = state.rules.get(id)?.ruleRevisionId;
      if (used !== undefined && used !== revisionId) {
        yield used;
      }
    }
  }
}
