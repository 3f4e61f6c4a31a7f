import {
  ColumnValue,
  GroupedWrites,
  insertRows,
  inTransaction,
  isPostgres,
  selectRows,
} from '@waymark/backend-support';
import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import {
  EventIntake,
  IncomingEvent,
  IntakeVerdict,
} from '../events/EventIntake';
import { parseTimestamp } from '../events/schemas/parseTimestamp';
import { EntityIndex, MatchedEntity } from '../matching/EntityIndex';
import { eventKeys } from '../matching/eventKeys';
import { markDue } from '../worker/markDue';

const IDENTITY = ['source', 'event_id', 'authority'] as const;

const COLUMNS = [
  ...IDENTITY,
  'type',
  'entity_ref',
  'subject_id',
  'occurred_at',
  'received_at',
  'received_from',
  'observed',
  'sample',
  'envelope',
] as const;

interface StoredRow {
  sequence: string | number;
  source: string;
  event_id: string;
  authority: string;
  entity_ref: string | null;
}

interface Arrival {
  event: IncomingEvent;
  identity: [source: string, id: string, authority: string];
  keys: string[];
  entity: MatchedEntity | undefined;
}

/**
 * Writes events before they are acknowledged. However many they are, it takes a
 * handful of statements, and one commit for all that came in during the last one.
 *
 * @internal
 */
export class DatabaseEventIntake implements EventIntake {
  readonly #knex: Knex;
  readonly #now: Clock;
  readonly #wake: () => void;
  readonly #together = new GroupedWrites((events: IncomingEvent[]) =>
    this.#accept(events),
  );

  constructor(options: {
    knex: Knex;
    now: Clock;
    /** Called after each commit that left something to derive. */
    wake: () => void;
  }) {
    this.#knex = options.knex;
    this.#now = options.now;
    this.#wake = options.wake;
  }

  async accept(events: IncomingEvent[]): Promise<IntakeVerdict[]> {
    // What is wrong with the events of one is not the fault of the others
    return this.#together.write(events).catch(() => this.#accept(events));
  }

  async #accept(events: IncomingEvent[]): Promise<IntakeVerdict[]> {
    const arrivals = new Map<string, Omit<Arrival, 'entity'>>();
    const names = events.map(event => {
      const { source, id } = event.event.context;
      const identity: Arrival['identity'] = [source, id, event.authority ?? ''];
      const name = JSON.stringify(identity);
      // The first of those that are the same is the one that counts
      if (!arrivals.has(name)) {
        arrivals.set(name, { event, identity, keys: eventKeys(event) });
      }
      return name;
    });
    // In one order, so that two that bring the same never wait for each other
    const sorted = [...arrivals.keys()].sort().map(name => arrivals.get(name)!);

    const { isDue, verdicts } = await inTransaction(this.#knex, tx =>
      this.#write(tx, sorted),
    );
    if (isDue) {
      this.#wake();
    }
    const told = new Set<string>();
    return names.map(name => {
      const verdict = verdicts.get(name)!;
      const isRepeated = told.has(name);
      told.add(name);
      return isRepeated ? { ...verdict, duplicate: true } : verdict;
    });
  }

  async #write(
    tx: Knex.Transaction,
    incoming: Omit<Arrival, 'entity'>[],
  ): Promise<{ isDue: boolean; verdicts: Map<string, IntakeVerdict> }> {
    const index = await EntityIndex.read(
      tx,
      incoming.flatMap(({ keys }) => keys),
    );
    const arrivals = incoming.map(arrival => ({
      ...arrival,
      entity: index.find(arrival.keys),
    }));
    const written = await insertRows<StoredRow>(tx, {
      table: 'events',
      columns: COLUMNS,
      rows: arrivals.map(arrival => this.#row(tx, arrival)),
      onConflict: { columns: IDENTITY, merge: [] },
      returning: ['sequence', ...IDENTITY],
    });
    const sequences = new Map(
      written.map(row => [nameOf(row), String(row.sequence)]),
    );
    const isNew = ({ identity }: Arrival) =>
      sequences.has(JSON.stringify(identity));

    const fresh = arrivals.filter(isNew);
    await insertRows(tx, {
      table: 'unmatched_keys',
      columns: ['event_sequence', 'position', 'key'],
      rows: fresh
        .filter(({ entity }) => !entity)
        .flatMap(({ identity, keys }) =>
          keys.map((key, position) => [
            sequences.get(JSON.stringify(identity)),
            position,
            key,
          ]),
        ),
    });
    const due = fresh.flatMap(({ entity }) => (entity ? [entity.id] : []));
    await markDue(tx, due);

    const earlier = await selectRows<StoredRow>(tx, {
      table: 'events',
      keys: IDENTITY,
      rows: arrivals.filter(one => !isNew(one)).map(({ identity }) => identity),
      columns: [...IDENTITY, 'entity_ref'],
    });
    const verdicts = new Map<string, IntakeVerdict>();
    for (const arrival of fresh) {
      const entityRef = refOf(arrival);
      verdicts.set(JSON.stringify(arrival.identity), {
        duplicate: false,
        entityRef,
      });
    }
    for (const row of earlier) {
      const entityRef = row.entity_ref ?? undefined;
      verdicts.set(nameOf(row), { duplicate: true, entityRef });
    }
    return { isDue: due.length > 0, verdicts };
  }

  #row(tx: Knex.Transaction, arrival: Arrival): ColumnValue[] {
    const { event, identity } = arrival;
    const { context, subject } = event.event;
    // A number on SQLite
    const time = (milliseconds: number) =>
      isPostgres(tx) ? new Date(milliseconds).toISOString() : milliseconds;
    return [
      ...identity,
      context.type,
      refOf(arrival),
      subject.id,
      time(parseTimestamp(context.timestamp)!),
      time(this.#now()),
      event.receivedFrom,
      event.observed,
      event.sample,
      JSON.stringify(toEnvelope(event)),
    ];
  }
}

/** What its sender says holds also where there is no such entity yet. */
function refOf({ event, entity }: Arrival): string | undefined {
  return event.entityRef ?? entity?.ref;
}

function nameOf(row: StoredRow): string {
  return JSON.stringify([row.source, row.event_id, row.authority]);
}

/** The CloudEvent that it came in, or would have come in. */
function toEnvelope(incoming: IncomingEvent): Record<string, unknown> & {
  data: CdEvent;
} {
  const { event, extensions, entityRef } = incoming;
  const { id, source, type, timestamp } = event.context;
  return {
    ...extensions,
    specversion: '1.0',
    id,
    source,
    type,
    time: timestamp,
    subject: event.subject.id,
    datacontenttype: 'application/json',
    ...(entityRef !== undefined && { entityref: entityRef }),
    data: event,
  };
}
