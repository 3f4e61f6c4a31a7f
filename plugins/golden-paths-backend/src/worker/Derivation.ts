import { setImmediate as others } from 'node:timers/promises';
import { inTransaction, toMillis } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Derive, DeriveSettings } from '../derive/Derived';
import { deriveFirstSteps } from '../firstSteps/deriveFirstSteps';
import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import { claimDue, ClaimedEntity } from './claimDue';
import { readState } from './derivationState';
import { DerivedEntity } from './derivedTables';
import { countEvents, readEvents } from './readEvents';
import { readRefs } from './readRefs';
import { writeDerived } from './writeDerived';

/**
 * Events that are held in memory at a time; one entity is taken whatever it has.
 */
const MAX_EVENTS = 20_000;

/** @internal */
export interface DerivedBatch {
  /** How long each took, in milliseconds. */
  entities: { id: number; milliseconds: number }[];
  rows: number;
}

/**
 * The runs of the scaffolder that made some entities, by ref.
 *
 * @internal
 */
export type FindRuns = (
  tx: Knex.Transaction,
  entityRefs: readonly string[],
) => Promise<ReadonlyMap<string, ScaffolderRun>>;

/**
 * Derives what is due, in transactions: an entity stays due until all that its
 * events say is written. Whoever dies over it leaves nothing behind.
 *
 * @internal
 */
export class Derivation {
  readonly #derive: Derive;
  readonly #digest: string;
  readonly #findRuns: FindRuns;
  readonly #knex: Knex;
  /** Since when entities are seen; once there are any, it stays. */
  #knownSince?: number;
  readonly #settings: DeriveSettings;

  constructor(options: {
    derive: Derive;
    /** Of everything on which the result depends beside the events. */
    digest: string;
    findRuns: FindRuns;
    knex: Knex;
    settings: DeriveSettings;
  }) {
    this.#derive = options.derive;
    this.#digest = options.digest;
    this.#findRuns = options.findRuns;
    this.#knex = options.knex;
    this.#settings = options.settings;
  }

  /**
   * @param options - `except`: entities to leave alone for now; `onClaimed`: hears
   * which ones are at hand, for whoever has to know over whom it failed
   */
  run(options: {
    limit: number;
    except?: readonly number[];
    onClaimed?: (ids: number[]) => void;
  }): Promise<DerivedBatch> {
    return inTransaction(this.#knex, async tx => {
      // During a rollout with other settings, those that came later hold
      if ((await readState(tx, 'digest')) !== this.#digest) {
        return { entities: [], rows: 0 };
      }
      const claimed = await claimDue(tx, options);
      options.onClaimed?.(claimed.map(({ id }) => id));
      const batch: DerivedBatch = { entities: [], rows: 0 };
      for (const part of await this.#parts(tx, claimed)) {
        const started = performance.now();
        batch.rows += await this.#deriveAll(tx, part);
        const milliseconds = (performance.now() - started) / part.size;
        for (const { id } of part.keys()) {
          batch.entities.push({ id, milliseconds });
        }
      }
      return batch;
    });
  }

  /** So many at a time that their events have room. */
  async #parts(
    tx: Knex.Transaction,
    claimed: ClaimedEntity[],
  ): Promise<Map<ClaimedEntity, string[]>[]> {
    if (claimed.length === 0) {
      return [];
    }
    const refs = await readRefs(
      tx,
      claimed.map(({ id }) => id),
    );
    const counts = await countEvents(tx, [...refs.values()].flat());
    const parts: Map<ClaimedEntity, string[]>[] = [];
    let room = 0;
    for (const entity of claimed) {
      const own = refs.get(entity.id) ?? [];
      const count = own.reduce((sum, ref) => sum + (counts.get(ref) ?? 0), 0);
      if (parts.length === 0 || count > room) {
        parts.push(new Map());
        room = MAX_EVENTS;
      }
      room -= count;
      parts[parts.length - 1].set(entity, own);
    }
    return parts;
  }

  async #deriveAll(
    tx: Knex.Transaction,
    part: ReadonlyMap<ClaimedEntity, string[]>,
  ): Promise<number> {
    if (this.#knownSince === undefined) {
      const [{ since }] = await tx('entities').min({ since: 'first_seen_at' });
      this.#knownSince = toMillis(since);
    }
    const events = await readEvents(tx, [...part.values()].flat());
    const runs = await this.#findRuns(
      tx,
      [...part.keys()].map(({ ref }) => ref),
    );
    const derived = new Map<ClaimedEntity, DerivedEntity>();
    for (const [entity, refs] of part) {
      // Whoever asks for something need not wait for all of them
      await others();
      const own = refs.flatMap(ref => events.get(ref) ?? []);
      const said = this.#derive(own, this.#settings);
      const firstSteps = deriveFirstSteps({
        events: own,
        derived: said,
        catalogAt: entity.firstSeenAt,
        knownSince: this.#knownSince,
        run: runs.get(entity.ref),
      });
      derived.set(entity, { ...said, firstSteps });
    }
    return writeDerived(tx, derived);
  }
}
