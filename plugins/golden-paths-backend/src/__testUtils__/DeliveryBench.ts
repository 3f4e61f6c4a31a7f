import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { deleteEntities } from '../catalog/deleteEntities';
import { writeEntities } from '../catalog/writeEntities';
import { Derive, DeriveSettings } from '../derive/Derived';
import { derive } from '../derive/derive';
import { IncomingEvent } from '../events/EventIntake';
import { MatchingListener } from '../matching/MatchingListener';
import { GroupListener } from '../rollups/GroupListener';
import { groupKeys, OWNER } from '../rollups/groupKeys';
import { DatabaseEventIntake } from '../store/DatabaseEventIntake';
import { Derivation } from '../worker/Derivation';
import { DerivationWorker } from '../worker/DerivationWorker';
import { adoptDigest, digestOf } from '../worker/rebuild';
import { cloudEvent } from './cloudEvent';

const SETTINGS: DeriveSettings = {
  timeZone: 'UTC',
  environments: { production: ['production'], staging: ['staging'] },
  incidentWindow: 24 * 3_600_000,
};

const DERIVED = [
  'deployments',
  'changes',
  'incidents',
  'tickets',
  'pipeline_runs',
  'environments',
  'first_steps',
  'rollups',
  'rollup_weeks',
];

const LISTENERS = [new MatchingListener(), new GroupListener()];

/** Everything between an event and a number, on one database. */
export class DeliveryBench {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(options: { knex: Knex; now: () => number }) {
    this.#knex = options.knex;
    this.#now = options.now;
  }

  async clear(): Promise<void> {
    for (const table of [
      'events',
      'entities',
      'entity_search',
      'entity_keys',
      'unmatched_keys',
      'due',
      'derivation',
      'group_rollups',
      ...DERIVED,
    ]) {
      await this.#knex(table).delete();
    }
  }

  /** Puts entities into the catalog. */
  async put(
    ...entities: {
      name: string;
      lifecycle?: string;
      owner?: string;
      annotations?: Record<string, string>;
    }[]
  ): Promise<void> {
    const now = this.#now();
    await this.#knex.transaction(async tx => {
      const upserted = await writeEntities(tx, {
        entities: entities.map(
          ({ name, lifecycle, owner, annotations = {} }) => ({
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name,
              namespace: 'default',
              etag: JSON.stringify([lifecycle, owner, annotations]),
              annotations,
            },
            spec: { type: 'service', lifecycle },
            relations: owner ? [{ type: 'ownedBy', targetRef: owner }] : [],
          }),
        ),
        now,
      });
      for (const listener of LISTENERS) {
        await listener.onEntities(tx, { upserted, deleted: [] });
      }
    });
  }

  async remove(name: string): Promise<void> {
    const ref = `component:default/${name}`;
    await this.#knex.transaction(async tx => {
      const { etag } = await tx('entities').where({ ref }).first();
      const deleted = await deleteEntities(tx, {
        entities: [{ ref, etag }],
        now: this.#now(),
      });
      for (const listener of LISTENERS) {
        await listener.onEntities(tx, { upserted: [], deleted });
      }
    });
  }

  intake(options: { wake?: () => void } = {}): DatabaseEventIntake {
    return new DatabaseEventIntake({
      knex: this.#knex,
      now: this.#now,
      wake: options.wake ?? (() => {}),
    });
  }

  async derivation(
    options: { settings?: Partial<DeriveSettings>; derive?: Derive } = {},
  ): Promise<Derivation> {
    const settings = { ...SETTINGS, ...options.settings };
    const digest = digestOf(settings, 1);
    await adoptDigest(this.#knex, digest);
    return new Derivation({
      derive: options.derive ?? derive,
      digest,
      findRuns: async () => new Map(),
      knex: this.#knex,
      settings,
    });
  }

  worker(derivation: Derivation): DerivationWorker {
    return new DerivationWorker({
      derivation,
      knex: this.#knex,
      logger: mockServices.logger.mock(),
    });
  }

  /**
   * Derives until nothing is due.
   *
   * @returns how many rows differed
   */
  async settle(derivation?: Derivation): Promise<number> {
    const used = derivation ?? (await this.derivation());
    let rows = 0;
    for (;;) {
      const batch = await used.run({ limit: 50 });
      rows += batch.rows;
      if (batch.entities.length === 0) {
        return rows;
      }
    }
  }

  /** Sums of groups, as they are and as they ought to be. */
  async groupSums(): Promise<{ stored: string[]; right: string[] }> {
    const inWords = (rows: Record<string, unknown>[]) =>
      rows
        .map(({ key, measure, week, bucket, count }) =>
          JSON.stringify([key, measure, week, bucket, Number(count)]),
        )
        .sort();
    const stored = await this.#knex('group_rollups')
      .join('rollup_groups', 'rollup_groups.id', 'group_id')
      .whereNot('count', 0)
      .select('key', 'measure', 'week', 'bucket', 'count');
    const rollups: Record<string, any>[] = await this.#knex('rollups')
      .join('entities', 'entities.id', 'entity_id')
      .select(
        'rollups.*',
        'kind',
        'type',
        'lifecycle',
        'deleted_at',
        this.#knex.raw(`${OWNER} as owner`),
      );
    const right = new Map<string, Record<string, unknown>>();
    for (const { measure, week, bucket, count, ...row } of rollups) {
      const { kind, type, lifecycle, deleted_at: deletedAt, owner } = row;
      const isDeleted = deletedAt !== null;
      for (const key of groupKeys({
        kind,
        type,
        lifecycle,
        isDeleted,
        owner,
      })) {
        const name = JSON.stringify([key, measure, week, bucket]);
        const sum = Number(right.get(name)?.count ?? 0) + Number(count);
        right.set(name, { key, measure, week, bucket, count: sum });
      }
    }
    return { stored: inWords(stored), right: inWords([...right.values()]) };
  }

  /** All that is derived, with the ids of events and names of entities in place of numbers. */
  async derived(): Promise<Record<string, string[]>> {
    const events = new Map(
      (await this.#knex('events').select('sequence', 'event_id')).map(
        ({ sequence, event_id: id }) => [String(sequence), id],
      ),
    );
    const refs = new Map(
      (await this.#knex('entities').select('id', 'ref')).map(({ id, ref }) => [
        id,
        ref,
      ]),
    );
    const found: Record<string, string[]> = {};
    for (const table of DERIVED) {
      const rows = await this.#knex(table);
      found[table] = rows
        .map(({ entity_id, ...row }) =>
          JSON.stringify({
            entity: refs.get(entity_id),
            ...Object.fromEntries(
              Object.entries(row)
                .sort()
                .map(([key, value]) => [
                  key,
                  key.endsWith('sequence') && value !== null
                    ? events.get(String(value))
                    : value,
                ]),
            ),
          }),
        )
        .sort();
    }
    return found;
  }
}

/** An event of a service, observed. */
export function happened(
  type: string,
  at: string,
  options: {
    id: string;
    name?: string;
    subjectId?: string;
    content?: Record<string, unknown>;
    custom?: Record<string, unknown>;
    observed?: boolean;
  },
): IncomingEvent {
  const { id, name = 'ledger', subjectId = name, observed = true } = options;
  const { data } = cloudEvent({
    id,
    timestamp: at,
    subjectId,
    type: `dev.cdevents.${type}.0.3.0`,
  });
  return {
    event: {
      ...data,
      subject: {
        id: subjectId,
        content: options.content ?? data.subject.content,
      },
      customData: options.custom,
    },
    entityRef: `component:default/${name}`,
    receivedFrom: 'plugin:test',
    observed,
    sample: false,
  };
}
