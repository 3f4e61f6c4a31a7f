import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { netChanges, readLevelChanges } from './LevelChange';
import { digestMessage, scopeOf } from './messages';
import { NotificationGateway } from './NotificationGateway';
import { Ownership } from './Ownership';
import { PreferenceStore } from './PreferenceStore';

const DAY_MS = 86_400_000;
const USERS_PER_STEP = 100;

/**
 * In the order of days since 1970: its first of January was a Thursday.
 *
 * @internal
 */
export const WEEKDAYS = [
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
] as const;

/**
 * When the digest of a week is sent, in UTC.
 *
 * @internal
 */
export interface DigestTime {
  weekday: (typeof WEEKDAYS)[number];
  /** 0 to 23. */
  hour: number;
}

/** The last time at or before `now` at which digests are sent. */
function lastDigestTime(now: number, { weekday, hour }: DigestTime) {
  const offset = WEEKDAYS.indexOf(weekday) * DAY_MS + hour * 3_600_000;
  const week = 7 * DAY_MS;
  return Math.floor((now - offset) / week) * week + offset;
}

/**
 * One message a week for those who choose it. Whose was sent is marked after
 * it was handed over; a second one of the same week, after a crash, takes the
 * place of the first.
 *
 * @internal
 */
export class DigestNotifier {
  readonly #database: Knex;
  readonly #gateway: NotificationGateway;
  readonly #now: () => number;
  readonly #ownership: Ownership;
  readonly #preferences: PreferenceStore;
  readonly #time: DigestTime;
  readonly #windowMs: number;

  constructor(options: {
    database: Knex;
    gateway: NotificationGateway;
    now: () => number;
    ownership: Ownership;
    preferences: PreferenceStore;
    time: DigestTime;
    windowMs: number;
  }) {
    this.#database = options.database;
    this.#gateway = options.gateway;
    this.#now = options.now;
    this.#ownership = options.ownership;
    this.#preferences = options.preferences;
    this.#time = options.time;
    this.#windowMs = options.windowMs;
  }

  async run(): Promise<void> {
    const slot = lastDigestTime(this.#now(), this.#time);
    for (;;) {
      const due = this.#gateway.paused
        ? []
        : await this.#preferences.dueForDigest(slot, USERS_PER_STEP);
      if (due.length === 0) {
        return;
      }
      const ownership = await this.#ownership.of(
        due.map(({ userRef }) => userRef),
      );
      for (const { userRef, since } of due) {
        const owned = [...(ownership.get(userRef) ?? [])];
        if (!(await this.#tell({ userRef, owned, since, slot }))) {
          return;
        }
        await this.#preferences.digestSent(userRef, slot);
      }
    }
  }

  /** @returns whether it is settled */
  async #tell(options: {
    userRef: string;
    owned: string[];
    since: number;
    slot: number;
  }): Promise<boolean> {
    const { userRef, owned, since, slot } = options;
    const changes = netChanges(
      await readLevelChanges(this.#database, query =>
        whereAny(this.#database, query, 'subjects.owner_ref', owned)
          .where('scorecards.lifecycle', 'live')
          .where('standing_transitions.at', '>', since)
          .where('standing_transitions.at', '<=', slot),
      ),
      this.#windowMs,
    );
    if (changes.length === 0) {
      return true;
    }
    return this.#gateway.send('digest', {
      recipients: { type: 'entity', entityRef: userRef },
      payload: {
        ...digestMessage(changes),
        scope: scopeOf('digest', slot, userRef),
      },
    });
  }
}
