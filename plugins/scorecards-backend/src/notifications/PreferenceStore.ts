import { toMillis } from '@waymark/backend-support';
import { NotificationPreferences } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';

/**
 * How people want to hear of changed levels.
 *
 * @internal
 */
export class PreferenceStore {
  readonly #database: Knex;

  constructor(options: { database: Knex }) {
    this.#database = options.database;
  }

  async get(userRef: string): Promise<NotificationPreferences> {
    const row = await this.#database('notification_preferences')
      .where({ user_ref: userRef })
      .first<{ delivery: NotificationPreferences['delivery'] } | undefined>(
        'delivery',
      );
    return { delivery: row?.delivery ?? 'each' };
  }

  async set(
    userRef: string,
    preferences: NotificationPreferences,
    now: number,
  ): Promise<void> {
    const { delivery } = preferences;
    await this.#database.transaction(async tx => {
      if (delivery === 'each') {
        await tx('notification_preferences').where({ user_ref: userRef }).del();
        return;
      }
      // What is still to be told goes past those who want it weekly
      const pending = await tx('standing_transitions')
        .whereNull('notified_at')
        .min({ at: 'at' })
        .first<{ at: string | number | null }>();
      await tx('notification_preferences')
        .insert({
          user_ref: userRef,
          delivery,
          digest_sent_at:
            pending.at === null ? now : Math.min(now, Number(pending.at) - 1),
        })
        .onConflict('user_ref')
        .ignore();
    });
  }

  /** Those who want one message a week. */
  async weekly(): Promise<string[]> {
    const rows = await this.#database('notification_preferences')
      .where({ delivery: 'weekly' })
      .orderBy('user_ref')
      .select<{ user_ref: string }[]>('user_ref');
    return rows.map(row => row.user_ref);
  }

  /** Those who have had none since a time, with the time of their last one. */
  async dueForDigest(
    slot: number,
    limit: number,
  ): Promise<{ userRef: string; since: number }[]> {
    const rows = await this.#database('notification_preferences')
      .where({ delivery: 'weekly' })
      .where('digest_sent_at', '<', slot)
      .orderBy('user_ref')
      .limit(limit)
      .select<{ user_ref: string; digest_sent_at: string | number }[]>(
        'user_ref',
        'digest_sent_at',
      );
    return rows.map(row => ({
      userRef: row.user_ref,
      since: toMillis(row.digest_sent_at),
    }));
  }

  async digestSent(userRef: string, slot: number): Promise<void> {
    await this.#database('notification_preferences')
      .where({ user_ref: userRef })
      .where('digest_sent_at', '<', slot)
      .update({ digest_sent_at: slot });
  }
}
