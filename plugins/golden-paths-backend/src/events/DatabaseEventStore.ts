import { DeliveryEvent } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { EventPosition, EventStore, NewEvent } from './EventStore';

const TABLE = 'events';

/** Characters of all events of one page; one event is shown whatever it has. */
const MAX_PAGE_CHARACTERS = 4_000_000;

interface Row {
  // PostgreSQL gives numbers of this size as text
  sequence: string | number;
  source: string;
  event_id: string;
  type: string;
  entity_ref: string | null;
  // A number on SQLite
  observed: boolean | number;
  sample: boolean | number;
  subject_id: string;
  // A number on SQLite
  occurred_at: Date | number;
  received_at: Date | number;
  received_from: string;
  envelope: string;
}

function toEvent(row: Row): DeliveryEvent {
  return {
    id: row.event_id,
    source: row.source,
    type: row.type,
    entityRef: row.entity_ref ?? undefined,
    observed: Boolean(row.observed),
    sample: Boolean(row.sample),
    subjectId: row.subject_id,
    occurredAt: new Date(row.occurred_at).toISOString(),
    receivedAt: new Date(row.received_at).toISOString(),
    receivedFrom: row.received_from,
    data: JSON.parse(row.envelope).data,
  };
}

/** @internal */
export class DatabaseEventStore implements EventStore {
  private constructor(private readonly database: Knex) {}

  static create(options: { database: Knex }): DatabaseEventStore {
    return new DatabaseEventStore(options.database);
  }

  async add(event: NewEvent): ReturnType<EventStore['add']> {
    const { envelope, entityRef, receivedAt, receivedFrom } = event;
    const { context, subject } = envelope.data;
    const key = { source: context.source, event_id: context.id };

    const written = await this.database(TABLE)
      .insert({
        ...key,
        type: context.type,
        entity_ref: entityRef,
        subject_id: subject.id,
        occurred_at: new Date(context.timestamp),
        received_at: receivedAt,
        received_from: receivedFrom,
        envelope: JSON.stringify(envelope),
      })
      .onConflict(['source', 'event_id', 'authority'])
      .ignore()
      .returning('sequence');
    if (written.length > 0) {
      return { duplicate: false };
    }
    const earlier = await this.database<Row>(TABLE)
      .where(key)
      .first('entity_ref');
    return { duplicate: true, entityRef: earlier?.entity_ref ?? entityRef };
  }

  async list(options: {
    entityRef: string;
    limit: number;
    after?: EventPosition;
  }): ReturnType<EventStore['list']> {
    const { entityRef, limit, after } = options;
    const query = this.database<Row>(TABLE)
      .where({ entity_ref: entityRef })
      .orderBy([
        { column: 'occurred_at', order: 'desc' },
        { column: 'sequence', order: 'desc' },
      ]);
    if (after) {
      query.andWhere(earlier =>
        earlier
          .where('occurred_at', '<', after.occurredAt)
          .orWhere(same =>
            same
              .where('occurred_at', after.occurredAt)
              .andWhere('sequence', '<', after.sequence),
          ),
      );
    }

    const sizes = await query
      .clone()
      .select<{ characters: number }[]>(
        this.database.raw('length(envelope) as characters'),
      )
      // One more tells whether there is another page
      .limit(limit + 1);
    let room = MAX_PAGE_CHARACTERS;
    const fitting = sizes.findIndex(({ characters }, index) => {
      room -= characters;
      return index > 0 && room < 0;
    });
    const count = Math.min(limit, fitting < 0 ? sizes.length : fitting);

    if (count === 0) {
      return { items: [] };
    }

    const rows = await query.limit(count + 1);
    const page = rows.slice(0, count);
    const last = page[page.length - 1];
    return {
      items: page.map(toEvent),
      next:
        rows.length > count
          ? {
              occurredAt: new Date(last.occurred_at),
              sequence: String(last.sequence),
            }
          : undefined,
    };
  }
}
