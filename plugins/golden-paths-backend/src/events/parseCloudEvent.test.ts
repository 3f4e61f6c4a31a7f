import {
  CdEvent,
  CdEventName,
  cdEventType,
  cdEventVersions,
} from '@waymark/plugin-golden-paths-common';
import { cdEventContents } from '../__testUtils__/cdEventContents';
import { cloudEvent, envelope } from '../__testUtils__/cloudEvent';
import { parseCloudEvent } from './parseCloudEvent';

const now = Date.parse('2026-08-02T00:00:00Z');
const parse = (event: unknown) => parseCloudEvent(event, { now });
const names = Object.keys(cdEventVersions) as CdEventName[];

const links = [
  { linkType: 'PATH', from: { contextId: 'a', more: 1 }, tags: { a: 1 } },
  { linkType: 'END' },
  { linkType: 'RELATION', linkKind: 'TRIGGER', target: {} },
];

/** One with all that an event can hold. */
function full(name: CdEventName): CdEvent {
  return {
    context: {
      specversion: '0.5.1',
      id: name,
      source: 'https://ci.example/ledger',
      type: cdEventType(name),
      timestamp: '2026-08-01T10:00:00.123456+02:00',
      schemaUri: 'https://schemas.example/ours.json',
      chainId: '4c8cb7dd',
      links,
    },
    subject: {
      id: 'ledger',
      source: '/ledger',
      content: cdEventContents[name],
    },
    customData: { anything: [{ at: 'all\n' }] },
    customDataContentType: 'application/json',
  };
}

describe('parseCloudEvent', () => {
  it.each(names)('takes %s and keeps all of it', name => {
    const event = envelope(full(name), {
      entityref: 'component:default/ledger',
      traceparent: '00',
      sample: false,
    });
    const copy = structuredClone(event);
    expect(parse(event)).toBe(event);
    expect(event).toEqual(copy);
  });

  it.each(names)(
    'refuses %s with something more in it, and says where',
    name => {
      const event = full(name);
      const { subject } = event;
      const content = { ...subject.content, more: 1 };
      expect(() =>
        parse(envelope({ ...event, subject: { ...subject, content } })),
      ).toThrow(/: data\.subject\.content: .*more/);
    },
  );

  const good = cloudEvent({ id: 'one' });
  const { context, subject } = good.data;
  const inData = (changes: object) => ({
    ...good,
    data: { ...good.data, ...changes },
  });
  const inContext = (changes: object) =>
    inData({ context: { ...context, ...changes } });
  const inContent = (changes: object) =>
    inData({
      subject: { ...subject, content: { ...subject.content, ...changes } },
    });
  const at = (timestamp: string) => cloudEvent({ timestamp });

  it.each<[string, unknown]>([
    ['the latest time there can be', at('2026-08-03T00:00:00Z')],
    ['the earliest', at('1990-01-01T00:00:00Z')],
    [
      'the time of the envelope in another form',
      { ...good, time: '2026-08-01T12:00:00+02:00' },
    ],
    ['no time in the envelope', { ...good, time: undefined }],
    ['no subject in the envelope', { ...good, subject: undefined }],
    [
      'JSON by another name',
      { ...good, datacontenttype: 'application/vnd.a+json; charset=utf-8' },
    ],
    ['the first version of 0.5', inContext({ specversion: '0.5.0' })],
    ['custom data as text', inData({ customData: 'no base64' })],
    ['an id of 255 characters', cloudEvent({ id: 'x'.repeat(255) })],
    ['a long artifact', inContent({ artifactId: 'x'.repeat(1_024) })],
  ])('takes %s', (_, event) => {
    expect(parse(event)).toBe(event);
  });

  it.each<[string, unknown, string | RegExp]>([
    // What CloudEvents say
    ['nothing', undefined, 'the event'],
    ['a batch', [good], 'the event'],
    ['another version', { ...good, specversion: '0.3' }, 'specversion'],
    ['no id', { ...good, id: undefined }, 'id'],
    ['no source', { ...good, source: '' }, 'source'],
    ['no URI reference', { ...good, source: 'a b' }, 'source'],
    ['no date', { ...good, time: 'yesterday' }, 'time'],
    ['no data', { ...good, data: undefined }, 'data'],
    ['data as text', { ...good, data: '{}' }, 'data'],
    ['binary data', { ...good, data_base64: 'e30=' }, 'data_base64'],
    ['no JSON', { ...good, datacontenttype: 'text/xml' }, 'datacontenttype'],
    ['a structured extension', { ...good, trace: {} }, 'trace'],
    ['an empty extension', { ...good, trace: null }, 'trace'],
    ['a fraction as an extension', { ...good, trace: 1.5 }, 'trace'],
    ['an extension with a bad name', { ...good, 'Trace-Id': '1' }, 'Trace-Id'],
    ['an extension of every object', { ...good, toString: 'a' }, 'toString'],
    [
      'a prototype as an extension',
      JSON.parse(JSON.stringify(good).replace('{', '{"__proto__":"a",')),
      '__proto__',
    ],
    ['a sample that is none', { ...good, sample: 'yes' }, 'sample'],
    // What CDEvents say
    ['another type', cloudEvent({ type: 'com.example.done' }), 'type'],
    ['a bare type', cloudEvent({ type: 'dev.cdevents.service' }), 'type'],
    [
      'an event of objects',
      cloudEvent({ type: 'dev.cdevents.service.constructor.0.3.0' }),
      'type',
    ],
    [
      'another subject',
      cloudEvent({ type: 'dev.cdevents.cloud.deployed.0.3.0' }),
      'type',
    ],
    [
      'another predicate',
      cloudEvent({ type: 'dev.cdevents.service.eaten.0.3.0' }),
      /type: "dev\.cdevents\.service\.eaten\.0\.3\.0" is none of CDEvents 0\.5/,
    ],
    [
      'an older version of it',
      cloudEvent({ type: 'dev.cdevents.service.deployed.0.1.4' }),
      /type: of service\.deployed, the version 0\.3\.0 is known, not "0\.1\.4"/,
    ],
    [
      'a version with more',
      cloudEvent({ type: 'dev.cdevents.service.deployed.0.3.0-draft' }),
      'type',
    ],
    [
      'a custom event',
      cloudEvent({ type: 'dev.cdeventsx.ours-thing.done.0.1.0' }),
      'type',
    ],
    ['no subject', inData({ subject: undefined }), 'data.subject'],
    [
      'an empty subject',
      inData({ subject: { ...subject, id: '' } }),
      'data.subject.id',
    ],
    [
      'no content',
      inData({ subject: { id: subject.id } }),
      'data.subject.content',
    ],
    [
      'the content of another event',
      inContent({ pipelineName: 'a' }),
      'data.subject.content',
    ],
    [
      'no environment',
      inContent({ environment: undefined }),
      'data.subject.content.environment',
    ],
    [
      'a text for an environment',
      inContent({ environment: 'a' }),
      'data.subject.content.environment',
    ],
    [
      'an artifact that is a number',
      inContent({ artifactId: 7 }),
      'data.subject.content.artifactId',
    ],
    ['something more in the event', inData({ more: 1 }), 'data'],
    [
      'something more in the context',
      inContext({ version: '0.5.1' }),
      'data.context',
    ],
    [
      'a date without offset',
      inContext({ timestamp: '2026-08-01T10:00:00' }),
      'data.context.timestamp',
    ],
    ['custom data as a list', inData({ customData: [] }), 'data.customData'],
    [
      'a link of no kind',
      inContext({ links: [{ linkType: 'LOOP' }] }),
      'data.context.links.0.linkType',
    ],
    [
      'a link from nowhere',
      inContext({ links: [...links, { linkType: 'PATH' }] }),
      'data.context.links.3.from',
    ],
    // What the binding of the one to the other says
    ['another id inside', inContext({ id: 'two' }), 'id'],
    ['another source inside', inContext({ source: '/two' }), 'source'],
    [
      'another type inside',
      inContext({ type: 'dev.cdevents.service.removed.0.3.0' }),
      'data.context.type',
    ],
    [
      'another time inside',
      inContext({ timestamp: '2026-08-01T11:00:00Z' }),
      'time',
    ],
    ['another subject outside', { ...good, subject: 'two' }, 'subject'],
    // What the portal says
    [
      'an older CDEvents',
      inContext({ specversion: '0.4.1' }),
      'data.context.specversion',
    ],
    [
      'a newer CDEvents',
      inContext({ specversion: '0.6.0' }),
      'data.context.specversion',
    ],
    ['a long id', cloudEvent({ id: 'x'.repeat(256) }), 'id'],
    ['a long source', cloudEvent({ source: `/${'x'.repeat(1024)}` }), 'source'],
    ['a long subject', cloudEvent({ subjectId: 'x'.repeat(1025) }), 'subject'],
    [
      'a long text',
      inContent({ artifactId: 'x'.repeat(1_025) }),
      'data.subject.content.artifactId',
    ],
    [
      'a text that PostgreSQL cannot keep',
      inContent({ artifactId: 'a\0b' }),
      'data.subject.content.artifactId',
    ],
    [
      'half a character',
      inContent({ artifactId: 'a\ud800' }),
      'data.subject.content.artifactId',
    ],
    [
      'custom data that PostgreSQL cannot keep',
      inData({ customData: { a: [{ b: '\0' }] } }),
      'data.customData.a.0.b',
    ],
    [
      'a key that PostgreSQL cannot keep',
      inData({ customData: { a: { '\0': 1 } } }),
      'data.customData.a',
    ],
    ['an id that PostgreSQL cannot keep', cloudEvent({ id: 'a\0b' }), 'id'],
    ['an id of two lines', cloudEvent({ id: 'a\nb' }), 'id'],
    ['an entity with a line break', { ...good, entityref: 'a\n' }, 'entityref'],
    [
      'many links',
      inContext({ links: Array(101).fill(links[1]) }),
      'data.context.links',
    ],
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
    [
      'the future',
      at('2026-08-03T00:00:01Z'),
      /timestamp: is more than 24 hours from now/,
    ],
    [
      'the year 9999',
      at('9999-12-31T23:59:59-01:00'),
      /timestamp: is more than 24 hours from now/,
    ],
    [
      'long ago',
      at('1989-12-31T23:59:59Z'),
      /timestamp: is before 1990-01-01T00:00:00\.000Z/,
    ],
    [
      'the year 0',
      at('0000-01-01T00:00:00+01:00'),
      /timestamp: is before 1990/,
    ],
    ['the time zero', at('1970-01-01T00:00:00Z'), /timestamp: is before 1990/],
  ])('refuses %s and says where', (_, event, where) => {
    expect(() => parse(event)).toThrow(
      where instanceof RegExp
        ? where
        : new RegExp(`^Not a CloudEvent .*?(: |; )${where}: `),
    );
  });

  it('names several problems, but not all of many', () => {
    const reasons = (event: unknown) => {
      try {
        parse(event);
        return [];
      } catch (error) {
        return String(error).split('; ');
      }
    };
    expect(reasons({ ...good, id: '', source: '' })).toHaveLength(2);
    expect(
      reasons({
        ...good,
        ...Object.fromEntries(
          Array.from({ length: 20 }, (_, n) => [`A${n}`, n]),
        ),
      }),
    ).toHaveLength(5);
  });

  it('refuses what is nested too deeply to be shown again', () => {
    const nested = (levels: number) =>
      inData({
        customData: JSON.parse(
          `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
        ),
      });
    // In the event and its data
    expect(parse(nested(62)).id).toBe(good.id);
    expect(() => parse(nested(63))).toThrow(/more than 64 levels/);
    expect(() => parse(nested(40_000))).toThrow(/more than 64 levels/);
  });
});
