import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { SourceEvent } from '../derive/Derived';
import { EVENT_COLUMNS, EventRow, toSourceEvent } from './toSourceEvent';

/** Rows that are held as text at a time. */
const PAGE = 5_000;

/** How many events each ref has. */
export async function countEvents(
  knex: Knex | Knex.Transaction,
  refs: readonly string[],
): Promise<Map<string, number>> {
  const rows: { entity_ref: string; count: string | number }[] = await whereAny(
    knex,
    knex('events'),
    'entity_ref',
    refs,
  )
    .groupBy('entity_ref')
    .select('entity_ref')
    .count({ count: '*' });
  return new Map(rows.map(row => [row.entity_ref, Number(row.count)]));
}

/**
 * All events of some refs, in an order that does not depend on when they came in.
 *
 * @internal
 */
export async function readEvents(
  knex: Knex | Knex.Transaction,
  refs: readonly string[],
): Promise<Map<string, SourceEvent[]>> {
  const found = new Map<string, Sortable[]>();
  for (let last: EventRow | undefined; ; ) {
    const query = whereAny(knex, knex('events'), 'entity_ref', refs)
      .orderBy(['entity_ref', 'occurred_at', 'sequence'])
      .limit(PAGE)
      .select(...EVENT_COLUMNS);
    if (last) {
      query.whereRaw('(entity_ref, occurred_at, sequence) > (?, ?, ?)', [
        last.entity_ref,
        last.occurred_at,
        last.sequence,
      ]);
    }
    const rows: EventRow[] = await query;
    for (const row of rows) {
      const events = found.get(row.entity_ref) ?? [];
      found.set(row.entity_ref, events);
      events.push({ event: toSourceEvent(row), authority: row.authority });
    }
    last = rows[rows.length - 1];
    if (rows.length < PAGE) {
      break;
    }
  }
  return new Map(
    [...found].map(([ref, events]) => [
      ref,
      events.sort(inOrder).map(({ event }) => event),
    ]),
  );
}

interface Sortable {
  event: SourceEvent;
  authority: string;
}

function inOrder(a: Sortable, b: Sortable): number {
  return (
    a.event.occurredAt - b.event.occurredAt ||
    compare(a.event.source, b.event.source) ||
    compare(a.event.id, b.event.id) ||
    compare(a.authority, b.authority)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
