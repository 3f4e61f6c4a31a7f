import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cloudEvent, envelope } from '../__testUtils__/cloudEvent';
import { parseCloudEvent } from './parseCloudEvent';

// The specification's own examples, where they lie beside the repository
const conformance = resolve(
  __dirname,
  '../../../../../shared/reference/cdevents-0.5.1/conformance',
);
const examples = existsSync(conformance) ? readdirSync(conformance) : [];

describe('parseCloudEvent', () => {
  it('takes an event and keeps all of it', () => {
    const event = cloudEvent({
      attributes: { entityref: 'component:default/ledger', traceparent: '00' },
    });
    expect(parseCloudEvent(event)).toEqual(event);
  });

  it('takes the examples of the specification, where they are present', () => {
    for (const file of examples) {
      const data = JSON.parse(readFileSync(join(conformance, file), 'utf8'));
      expect(parseCloudEvent(envelope(data)).data).toEqual(data);
    }
    expect([0, 45]).toContain(examples.length);
  });

  const good = cloudEvent({ id: 'one' });
  const { context, subject } = good.data;
  const inContext = (changes: object) => ({
    ...good,
    data: { ...good.data, context: { ...context, ...changes } },
  });
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'the event'],
    ['a batch', [good], 'the event'],
    ['another version', { ...good, specversion: '0.3' }, 'specversion'],
    ['no id', { ...good, id: undefined }, 'id'],
    ['a long id', { ...good, id: 'x'.repeat(256) }, 'id'],
    ['an id that PostgreSQL cannot keep', { ...good, id: 'a\0b' }, 'id'],
    ['half a character', { ...good, id: 'a\ud800' }, 'id'],
    ['an entity with a line break', { ...good, entityref: 'a\n' }, 'entityref'],
    [
      'a year of five digits in UTC',
      inContext({ timestamp: '9999-12-31T23:59:59-01:00' }),
      'data.context.timestamp',
    ],
    [
      'a year before the first',
      inContext({ timestamp: '0001-01-01T00:00:00+01:00' }),
      'data.context.timestamp',
    ],
    ['no source', { ...good, source: '' }, 'source'],
    ['no URI reference', { ...good, source: 'a b' }, 'source'],
    ['another type', { ...good, type: 'com.example.done' }, 'type'],
    ['a bare type', { ...good, type: 'dev.cdevents.service' }, 'type'],
    ['no date', { ...good, time: 'yesterday' }, 'time'],
    [
      'a date without offset',
      inContext({ timestamp: '2026-08-01T10:00:00' }),
      'data.context.timestamp',
    ],
    ['another id inside', inContext({ id: 'two' }), 'id'],
    ['another source inside', inContext({ source: '/two' }), 'source'],
    [
      'another type inside',
      inContext({ type: 'dev.cdevents.service.removed.0.3.0' }),
      'type',
    ],
    [
      'another time inside',
      inContext({ timestamp: '2026-08-02T10:00:00Z' }),
      'time',
    ],
    ['another subject', { ...good, subject: 'two' }, 'subject'],
    [
      'an older CDEvents',
      inContext({ specversion: '0.4.1' }),
      'data.context.specversion',
    ],
    [
      'something more in the context',
      inContext({ version: '0.5.1' }),
      'data.context',
    ],
    ['no data', { ...good, data: undefined }, 'data'],
    ['binary data', { ...good, data: undefined, data_base64: 'e30=' }, 'data'],
    ['no subject', { ...good, data: { context } }, 'data.subject'],
    [
      'no content',
      { ...good, data: { context, subject: { id: subject.id } } },
      'data.subject.content',
    ],
    [
      'something more in the event',
      { ...good, data: { ...good.data, more: 1 } },
      'data',
    ],
    ['no JSON', { ...good, datacontenttype: 'text/xml' }, 'datacontenttype'],
    ['a structured extension', { ...good, trace: {} }, 'trace'],
    ['an extension with a bad name', { ...good, 'Trace-Id': '1' }, 'Trace-Id'],
    [
      'many extensions',
      {
        ...good,
        ...Object.fromEntries(
          Array.from({ length: 21 }, (_, n) => [`a${n}`, n]),
        ),
      },
      'the event',
    ],
    ['an extension of every object', { ...good, toString: 'a' }, 'toString'],
  ])('refuses %s and says where', (_, event, where) => {
    expect(() => parseCloudEvent(event)).toThrow(
      new RegExp(`^Not a CloudEvent .*?(: |; )${where}: `),
    );
  });

  it('refuses what is nested too deeply to be shown again', () => {
    const nested = (levels: number) =>
      cloudEvent({
        attributes: {
          data: {
            ...good.data,
            customData: JSON.parse(
              `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
            ),
          },
          id: good.id,
        },
      });
    // In the event and its data
    expect(parseCloudEvent(nested(62)).id).toBe(good.id);
    expect(() => parseCloudEvent(nested(63))).toThrow(/more than 64 levels/);
    expect(() => parseCloudEvent(nested(40_000))).toThrow(
      /more than 64 levels/,
    );
  });
});
