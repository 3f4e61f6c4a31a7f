import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { SourceEvent } from '../derive/Derived';

/** What senders add is read up to this many characters of each value. */
const MAX_CUSTOM_TEXT = 2048;
const MAX_CUSTOM_ITEMS = 100;

/** Envelopes below it are kept as they are. */
const SMALL = 4096;

/** @internal */
export interface EventRow {
  sequence: string | number;
  source: string;
  event_id: string;
  authority: string;
  type: string;
  entity_ref: string;
  occurred_at: Date | number;
  observed: boolean | number;
  sample: boolean | number;
  envelope: string;
}

/** @internal */
export const EVENT_COLUMNS = [
  'sequence',
  'source',
  'event_id',
  'authority',
  'type',
  'entity_ref',
  'occurred_at',
  'observed',
  'sample',
  'envelope',
] as const;

/**
 * An event as derivations read it. What would only take up memory is left out.
 *
 * @internal
 */
export function toSourceEvent(row: EventRow): SourceEvent {
  const data: CdEvent = JSON.parse(row.envelope).data;
  return {
    sequence: String(row.sequence),
    source: row.source,
    id: row.event_id,
    authority: row.authority,
    type: row.type.replace(/^dev\.cdevents\.([^.]+\.[^.]+)\..*$/, '$1'),
    occurredAt: Number(row.occurred_at),
    observed: Boolean(row.observed),
    sample: Boolean(row.sample),
    data: row.envelope.length > SMALL ? shorten(data) : data,
  };
}

/** Deterministic: the same event is always shortened to the same. */
function shorten(data: CdEvent): CdEvent {
  const { customData, ...rest } = data;
  if (!customData || typeof customData === 'string') {
    return rest;
  }
  return {
    ...rest,
    customData: Object.fromEntries(
      Object.entries(customData)
        .slice(0, MAX_CUSTOM_ITEMS)
        .flatMap(([key, value]) => {
          const short = shortValue(value);
          return short === undefined ? [] : [[key, short]];
        }),
    ),
  };
}

function shortValue(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.slice(0, MAX_CUSTOM_TEXT);
  }
  if (Array.isArray(value)) {
    return value.slice(0, MAX_CUSTOM_ITEMS).filter(isScalar).map(shortValue);
  }
  return isScalar(value) ? value : undefined;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}
