import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { createEntityFilter, EntityFilter } from '@waymark/backend-support';
import { Knex } from 'knex';
import { SUBJECT_TABLES } from '../catalog/subjectTables';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { ScorecardRegistry } from '../scorecards/ScorecardRegistry';

/**
 * On an entity, and on a scorecard: anybody may see the badge that they make, also
 * without having signed in. It takes both.
 */
const PUBLIC_BADGE_ANNOTATION = 'waymark.dev/public-badge';

/** What a badge shows. */
export interface Badge {
  label: string;
  level: string;
  /** 1 is the lowest, 0 is none. */
  position: number;
}

/**
 * Levels for badges. An entity that is not there and one that may not be seen look
 * the same.
 *
 * @internal
 */
export class BadgeReader {
  readonly #access: ScorecardAccess;
  readonly #knex: Knex;
  readonly #readable: ReadableScorecards;
  readonly #registry: ScorecardRegistry;

  constructor(options: {
    access: ScorecardAccess;
    knex: Knex;
    readable: ReadableScorecards;
    registry: ScorecardRegistry;
  }) {
    this.#access = options.access;
    this.#knex = options.knex;
    this.#readable = options.readable;
    this.#registry = options.registry;
  }

  /** @throws NotFoundError, NotAllowedError */
  async read(options: {
    credentials: BackstageCredentials;
    entityRef: string;
    scorecardRef: string;
  }): Promise<Badge> {
    const { credentials, entityRef, scorecardRef } = options;
    await this.#access.requireScorecards(credentials);
    const scorecards = await this.#readable.list(credentials);
    return this.#badge({
      entityRef,
      scorecardRef,
      scorecards,
      filter: await this.#access.filter(credentials),
    });
  }

  /** For anybody. @throws NotFoundError */
  async readPublic(options: {
    entityRef: string;
    scorecardRef: string;
  }): Promise<Badge> {
    const knex = this.#knex;
    const filter = createEntityFilter({
      knex,
      tables: SUBJECT_TABLES,
      narrow: query =>
        query.whereExists(
          knex('subject_search')
            .select(knex.raw('1'))
            .where('subject_search.subject_id', knex.ref('readable.id'))
            .where({
              key: `metadata.annotations.${PUBLIC_BADGE_ANNOTATION}`,
              value: 'true',
            }),
        ),
    });
    const marked = knex('subjects')
      .where({ ref: options.scorecardRef })
      .select<{ ref: string }[]>('ref');
    filter(marked, 'subjects.id');
    const refs = (await marked).map(({ ref }) => ref);
    const scorecards = (await this.#registry.all(knex)).filter(
      ({ ref, lifecycle }) => lifecycle === 'live' && refs.includes(ref),
    );
    return this.#badge({ ...options, scorecards, filter });
  }

  async #badge(options: {
    entityRef: string;
    scorecardRef: string;
    scorecards: readonly ScorecardDefinition[];
    filter: EntityFilter;
  }): Promise<Badge> {
    const { entityRef, scorecardRef, scorecards, filter } = options;
    const scorecard = scorecards.find(({ ref }) => ref === scorecardRef);
    const query = this.#knex('standings')
      .join('subjects', 'subjects.id', 'standings.subject_id')
      .where({
        'subjects.ref': entityRef,
        'standings.scorecard_id': scorecard?.id ?? 0,
      })
      .select<{ level: number; through_exemption: boolean | number }[]>(
        'standings.level',
        'standings.through_exemption',
      );
    filter(query, 'subjects.id');
    const [standing] = await query;
    if (!scorecard || !standing) {
      throw new NotFoundError('There is no such badge');
    }
    const level = scorecard.levels[standing.level - 1];
    const title = level?.title ?? 'no level';
    return {
      label: scorecard.title,
      level: standing.through_exemption ? `${title} (exemption)` : title,
      position: level ? standing.level : 0,
    };
  }
}
