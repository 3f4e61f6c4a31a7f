import { isPostgres, whereAny } from '@waymark/backend-support';
import { DeliveryEvent } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { EventList, EventPosition, EventSelection } from './EventList';

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
export class DatabaseEventList implements EventList {
  readonly #database: Knex;

  constructor(options: { database: Knex }) {
    this.#database = options.database;
  }

  async list(
    options: Parameters<EventList['list']>[0],
  ): ReturnType<EventList['list']> {
    const { selection, limit, after } = options;
    const query = (await this.#select(selection)).query.orderBy([
      { column: 'events.occurred_at', order: 'desc' },
      { column: 'events.sequence', order: 'desc' },
    ]);
    if (after) {
      query.whereRaw(
        '(events.occurred_at, events.sequence) < (?, cast(? as bigint))',
        [this.#time(after.occurredAt), after.sequence],
      );
    }

    const sizes: { characters: number }[] = await query
      .clone()
      .select(this.#database.raw('length(events.envelope) as characters'))
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

    const rows: Row[] = await query.select('events.*').limit(count + 1);
    const page = rows.slice(0, count);
    return {
      items: page.map(toEvent),
      next: rows.length > count ? positionOf(page[page.length - 1]) : undefined,
    };
  }

  // In an object: a query that is returned by itself would be awaited, and so run
  async #select(
    selection: EventSelection,
  ): Promise<{ query: Knex.QueryBuilder }> {
    const { of, type, source, eventId, environment, observed, from, to } =
      selection;
    const query = this.#database('events');
    if (of === 'unmatched') {
      query.whereNotExists(
        this.#database('entities')
          .whereRaw('entities.ref = events.entity_ref')
          .whereNull('entities.deleted_at')
          .select(this.#database.raw('1')),
      );
    } else if ('entityRef' in of) {
      query.where('events.entity_ref', of.entityRef);
    } else {
      // As one array: with a sub-query of conditions, PostgreSQL reads all events of
      // all readable entities before it sorts them, which takes seconds
      const readable = this.#database('entities').whereNull('deleted_at');
      for (const filter of of.filters) {
        filter(readable, 'entities.id');
      }
      const refs: string[] = await readable.pluck('entities.ref');
      whereAny(this.#database, query, 'events.entity_ref', refs);
    }
    if (type !== undefined) {
      query.where(same =>
        same.where('events.type', type).orWhereLike('events.type', `${type}.%`),
      );
    }
    if (source !== undefined) {
      query.where('events.source', source);
    }
    if (eventId !== undefined) {
      query.where('events.event_id', eventId);
    }
    if (environment !== undefined) {
      query.whereRaw(`${this.#environment()} = ?`, [environment]);
    }
    if (observed !== undefined) {
      query.where('events.observed', observed);
    }
    if (from !== undefined) {
      query.where('events.occurred_at', '>=', this.#time(from));
    }
    if (to !== undefined) {
      query.where('events.occurred_at', '<', this.#time(to));
    }
    return { query };
  }

  #environment(): string {
    return isPostgres(this.#database)
      ? `events.envelope::json #>> '{data,subject,content,environment,id}'`
      : `events.envelope ->> '$.data.subject.content.environment.id'`;
  }

  /** As the column has it. */
  #time(milliseconds: number): Date | number {
    return isPostgres(this.#database) ? new Date(milliseconds) : milliseconds;
  }
}

function positionOf(row: Row): EventPosition {
  return {
    occurredAt: new Date(row.occurred_at).getTime(),
    sequence: String(row.sequence),
  };
}
