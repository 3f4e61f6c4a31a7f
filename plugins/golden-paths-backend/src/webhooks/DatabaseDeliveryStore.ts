import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { DeliveryStore, NewDelivery, PendingDelivery } from './DeliveryStore';

const TABLE = 'webhook_deliveries';

interface Row {
  id: string;
  sender: string;
  delivery_id: string;
  digest: string;
  event: string;
  metadata: string;
  body: string | null;
  state: 'received' | 'published' | 'failed';
  attempts: number;
  // A number on SQLite
  received_at: Date | number;
  next_attempt_at: Date | number | null;
  published_at: Date | number | null;
  error: string | null;
}

function toPending(row: Row & { body: string }): PendingDelivery {
  return {
    id: row.id,
    deliveryId: row.delivery_id,
    metadata: JSON.parse(row.metadata),
    body: row.body,
    attempts: row.attempts,
  };
}

/** @internal */
export class DatabaseDeliveryStore implements DeliveryStore {
  private constructor(private readonly database: Knex) {}

  static create(options: { database: Knex }): DatabaseDeliveryStore {
    return new DatabaseDeliveryStore(options.database);
  }

  async accept(
    delivery: NewDelivery,
    options: { now: Date; leaseUntil: Date },
  ): ReturnType<DeliveryStore['accept']> {
    const { sender, deliveryId, digest, event, metadata, body } = delivery;
    const row = {
      id: randomUUID(),
      sender,
      delivery_id: deliveryId,
      digest,
      event,
      metadata: JSON.stringify(metadata),
      body,
      state: 'received' as const,
      attempts: 1,
      received_at: options.now,
      next_attempt_at: options.leaseUntil,
      published_at: null,
      error: null,
    };

    // The indexes decide between two replicas; looking first would leave a
    // moment in between
    const written = await this.database<Row>(TABLE)
      .insert(row)
      .onConflict()
      .ignore()
      .returning('id');
    if (written.length > 0) {
      return { accepted: true, pending: toPending(row) };
    }

    const earlier = await this.database<Row>(TABLE)
      .where({ sender })
      .andWhere(same =>
        same.where({ delivery_id: deliveryId }).orWhere({ digest }),
      )
      .orderBy('received_at')
      .first('received_at');
    if (!earlier) {
      throw new ConflictError(
        'This delivery was just being forgotten; deliver it again',
      );
    }
    return { accepted: false, acceptedAt: new Date(earlier.received_at) };
  }

  async claimDue(options: {
    now: Date;
    leaseUntil: Date;
    limit: number;
  }): Promise<PendingDelivery[]> {
    const { now, leaseUntil, limit } = options;
    const due = () =>
      this.database<Row>(TABLE)
        .where({ state: 'received' })
        .andWhere('next_attempt_at', '<=', now);
    const candidates = await due()
      .orderBy('received_at')
      .limit(limit)
      .select('id');

    const claimed: PendingDelivery[] = [];
    for (const { id } of candidates) {
      // Whoever changes the row has it; the others find it no longer due
      const [row] = await due()
        .andWhere({ id })
        .update({ next_attempt_at: leaseUntil })
        .increment('attempts', 1)
        .returning('*');
      if (row?.body) {
        claimed.push(toPending({ ...row, body: row.body }));
      }
    }
    return claimed;
  }

  async markPublished(id: string, options: { now: Date }): Promise<void> {
    await this.database<Row>(TABLE).where({ id }).update({
      state: 'published',
      published_at: options.now,
      next_attempt_at: null,
      body: null,
      error: null,
    });
  }

  async markFailed(
    id: string,
    options: { error: string; nextAttemptAt?: Date },
  ): Promise<void> {
    await this.database<Row>(TABLE)
      .where({ id, state: 'received' })
      .update({
        state: options.nextAttemptAt ? 'received' : 'failed',
        next_attempt_at: options.nextAttemptAt ?? null,
        error: options.error,
      });
  }

  async purge(options: { bodiesBefore: Date; deliveriesBefore: Date }) {
    const bodies = await this.database<Row>(TABLE)
      .where('received_at', '<', options.bodiesBefore)
      .whereNotNull('body')
      .update({ body: null, state: 'failed', next_attempt_at: null });
    const deliveries = await this.database<Row>(TABLE)
      .where('received_at', '<', options.deliveriesBefore)
      .delete();
    return { bodies, deliveries };
  }
}
