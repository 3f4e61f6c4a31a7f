import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { LevelChange, netChanges, readLevelChanges } from './LevelChange';
import { levelMessage, scopeOf } from './messages';
import { NotificationGateway } from './NotificationGateway';
import { Ownership } from './Ownership';
import { PreferenceStore } from './PreferenceStore';

/** Of one run. */
const MAX_CHANGES = 20_000;

/**
 * Tells owners when the level of something of theirs has changed. What is still
 * to be told stands in `standing_transitions`: it is marked after it was handed
 * over, and what a crash makes be told again takes the place of the first.
 *
 * @internal
 */
export class LevelNotifier {
  readonly #database: Knex;
  readonly #gateway: NotificationGateway;
  readonly #now: () => number;
  readonly #ownership: Ownership;
  readonly #preferences: PreferenceStore;
  readonly #windowMs: number;

  constructor(options: {
    database: Knex;
    gateway: NotificationGateway;
    now: () => number;
    ownership: Ownership;
    preferences: PreferenceStore;
    /** How long changes wait for others to go into the same message. */
    windowMs: number;
  }) {
    this.#database = options.database;
    this.#gateway = options.gateway;
    this.#now = options.now;
    this.#ownership = options.ownership;
    this.#preferences = options.preferences;
    this.#windowMs = options.windowMs;
  }

  async run(): Promise<void> {
    if (this.#gateway.paused) {
      return;
    }
    const changes = await readLevelChanges(this.#database, query =>
      query.whereNull('standing_transitions.notified_at').limit(MAX_CHANGES),
    );
    const ready = groupChanges(changes).filter(
      ([oldest]) => oldest.at <= this.#now() - this.#windowMs,
    );
    if (ready.length === 0) {
      return;
    }
    const weekly = await this.#ownership.of(await this.#preferences.weekly());
    for (const group of ready) {
      if (!(await this.#tell(group, weekly))) {
        return;
      }
      await this.#mark(group.map(({ id }) => id));
    }
  }

  /** @returns whether it is settled */
  async #tell(
    group: LevelChange[],
    weekly: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<boolean> {
    const [{ id, ownerRef, scorecardId }] = group;
    const net = netChanges(group, this.#windowMs);
    if (!ownerRef || net.length === 0) {
      return true;
    }
    const excluded = [...weekly]
      .filter(([, owned]) => owned.has(ownerRef))
      .map(([userRef]) => userRef);
    return this.#gateway.send('level', {
      recipients: {
        type: 'entity',
        entityRef: ownerRef,
        excludeEntityRef: excluded,
      },
      payload: {
        ...levelMessage(net),
        scope: scopeOf('level', scorecardId, ownerRef, id),
      },
    });
  }

  async #mark(ids: number[]): Promise<void> {
    await whereAny(
      this.#database,
      this.#database('standing_transitions'),
      'id',
      ids,
    )
      .whereNull('notified_at')
      .update({ notified_at: this.#now() });
  }
}

/** By owner and scorecard. */
function groupChanges(changes: LevelChange[]): LevelChange[][] {
  const groups = new Map<string, LevelChange[]>();
  for (const change of changes) {
    const key = `${change.scorecardId} ${change.ownerRef}`;
    const group = groups.get(key);
    if (group) {
      group.push(change);
    } else {
      groups.set(key, [change]);
    }
  }
  return [...groups.values()];
}
