import {
  deriveSettings,
  eventFactory,
  november,
} from '../__testUtils__/sourceEvents';
import { seededRandom, shuffled } from '../__testUtils__/seededRandom';
import { Derived, SourceEvent } from './Derived';
import { derive } from './derive';

const HOUR = 3_600_000;

/** Whatever can happen, to a few things, in few places, so that much of it collides. */
function randomEvents(
  random: () => number,
  count: number,
  options: { from: number; to: number } = {
    from: november('01T00:00'),
    to: november('29T00:00'),
  },
): SourceEvent[] {
  const pick = <T>(items: readonly T[]): T =>
    items[Math.floor(random() * items.length)];
  const maybe = <T>(value: T): T | undefined =>
    random() < 0.3 ? value : undefined;
  const event = eventFactory();
  const ids = Array.from({ length: count }, (_, index) => `id-${index}`);
  return ids.map(id =>
    event(
      pick([
        'change.merged',
        'service.deployed',
        'service.upgraded',
        'service.rolledback',
        'service.removed',
        'incident.detected',
        'incident.resolved',
        'pipelinerun.started',
        'pipelinerun.finished',
        'artifact.published',
        'environment.created',
        'environment.deleted',
        'ticket.created',
        'ticket.closed',
        'build.finished',
      ]),
      // Whole hours: many things happen at once
      options.from +
        Math.floor((random() * (options.to - options.from)) / HOUR) * HOUR,
      {
        id,
        source: pick(['/a', '/b', '/c']),
        subjectId: `thing ${Math.floor(random() * Math.sqrt(count) * 2)}`,
        observed: random() < 0.7,
        chainId: maybe(`chain ${pick(ids)}`),
        links: maybe([pick(ids), pick(ids)]),
        environment: pick(['production', 'prod-eu', 'staging', 'laboratory']),
        artifact: `artifact ${Math.floor(random() * Math.sqrt(count) * 3)}`,
        content: { outcome: pick(['success', 'failure']) },
        custom: maybe({ revision: pick(['a', 'b', 'c', 'd']).repeat(7) }),
      },
    ),
  );
}

/** Sequences say only in what order events came. */
function withoutSequences(
  derived: Derived,
  events: SourceEvent[],
): Record<string, unknown> {
  const ids = new Map(events.map(({ sequence, id }) => [sequence, id]));
  return JSON.parse(
    JSON.stringify(derived, (key, value) =>
      key.endsWith('Sequence') ? ids.get(value) : value,
    ),
  );
}

describe('derive', () => {
  it('of nothing is nothing', () => {
    expect(derive([], deriveSettings)).toEqual({
      deployments: [],
      changes: [],
      incidents: [],
      tickets: [],
      pipelineRuns: [],
      environments: [],
      rollups: [],
    });
  });

  it('gives the same in whatever order and however often events came', () => {
    const random = seededRandom(11);
    for (const count of [1, 3, 10, 30, 100, 300, 1_000]) {
      for (let times = 0; times < 5; times++) {
        const events = randomEvents(random, count);
        const expected = withoutSequences(
          derive(events, deriveSettings),
          events,
        );
        const received = shuffled(
          [...events, ...events, ...events],
          random,
        ).map((event, index) => ({
          ...event,
          sequence: String(9_000 + index),
        }));
        expect(
          withoutSequences(derive(received, deriveSettings), received),
        ).toEqual(expected);
      }
    }
  });

  it('keeps apart what senders with different rights call the same', () => {
    const event = eventFactory();
    const [a, b] = ['component:default/a', 'component:default/b'].map(
      authority => ({
        ...event('ticket.created', '02T10:00', {
          id: 'one',
          subjectId: authority,
        }),
        authority,
      }),
    );
    const ticketsOf = (events: SourceEvent[]) =>
      derive(events, deriveSettings).tickets.map(({ ticketId }) => ticketId);
    expect(ticketsOf([a, b, a])).toEqual([a.authority, b.authority]);
    expect(ticketsOf([b, a, b])).toEqual([a.authority, b.authority]);
  });

  it('does not change what it is given', () => {
    const events = randomEvents(seededRandom(5), 200);
    const before = JSON.stringify(events);
    derive(events, deriveSettings);
    expect(JSON.stringify(events)).toBe(before);
  });

  it('says what a table of all deployments says', () => {
    const random = seededRandom(13);
    for (let times = 0; times < 20; times++) {
      const derived = derive(randomEvents(random, 400), deriveSettings);
      const counted = derived.deployments.filter(
        row =>
          row.tier === 'production' && row.observed && row.kind !== 'removed',
      );
      const sumOf = (measure: string) =>
        derived.rollups
          .filter(rollup => rollup.measure === measure)
          .reduce(
            ({ count, total }, rollup) => ({
              count: count + rollup.count,
              total: total + rollup.total,
            }),
            { count: 0, total: 0 },
          );
      expect(sumOf('deployments').count).toBe(counted.length);
      const failed = counted.filter(row => row.failedAt !== undefined);
      expect(sumOf('deployments-failed').count).toBe(failed.length);
      expect(sumOf('deployments-rework').count).toBe(
        counted.filter(row => row.rework).length,
      );
      const times_ = derived.changes.flatMap(row =>
        row.deployedAt === undefined ? [] : row.deployedAt - row.mergedAt,
      );
      expect(times_.length).toBeGreaterThan(0);
      expect(sumOf('change-lead-time')).toEqual({
        count: times_.length,
        total: times_.reduce((sum, time) => sum + time, 0),
      });
      const sequences = derived.deployments.map(row => row.eventSequence);
      expect(new Set(sequences).size).toBe(sequences.length);

      for (const row of derived.deployments) {
        expect(row.failedAt ?? row.deployedAt).toBeGreaterThanOrEqual(
          row.deployedAt,
        );
        expect(row.recoveredAt ?? Infinity).toBeGreaterThanOrEqual(
          row.failedAt ?? 0,
        );
        expect(row.leadTime ?? 0).toBeGreaterThanOrEqual(0);
      }
      for (const row of derived.changes) {
        expect(row.deployedAt ?? Infinity).toBeGreaterThanOrEqual(row.mergedAt);
        expect(
          row.deploymentSequence === undefined ||
            counted.some(
              ({ eventSequence, deployedAt }) =>
                eventSequence === row.deploymentSequence &&
                deployedAt === row.deployedAt,
            ),
        ).toBe(true);
      }
      for (const row of derived.incidents) {
        expect(row.resolvedAt ?? Infinity).toBeGreaterThanOrEqual(
          row.detectedAt,
        );
      }
    }
  });

  it('of parts far from each other gives the sums of the parts', () => {
    const random = seededRandom(17);
    const ofType = (type: string) => (event: SourceEvent) =>
      event.type.startsWith(type);
    for (const type of ['ticket.created', 'service.deployed']) {
      const early = randomEvents(random, 300).filter(ofType(type));
      const late = randomEvents(random, 300, {
        from: november('01T00:00') + 1_000 * HOUR,
        to: november('01T00:00') + 2_000 * HOUR,
      })
        .filter(ofType(type))
        .map((event, index) => ({
          ...event,
          id: `late ${event.id}`,
          sequence: String(10_000 + index),
          data: {
            ...event.data,
            subject: {
              id: `late ${event.data.subject.id}`,
              content: {
                ...event.data.subject.content,
                artifactId: `late ${event.data.subject.content.artifactId}`,
              },
            },
            customData: {},
          },
        }));
      const [a, b, both] = [early, late, [...early, ...late]].map(events =>
        derive(events, deriveSettings).rollups.filter(
          ({ measure }) => measure === 'tickets' || measure === 'deployments',
        ),
      );
      expect(both.length).toBeGreaterThan(0);
      expect(shuffled(both, random).sort(byWeek)).toEqual(
        [...a, ...b].sort(byWeek),
      );
    }
  });

  it('takes whatever the fields of an event hold', () => {
    const event = eventFactory();
    const odd = [
      undefined,
      null,
      1,
      '',
      ' ',
      'x'.repeat(5_000),
      '😀'.repeat(3_000),
      [],
      {},
      [[]],
      { id: 7 },
      { id: { id: 'x' } },
      'data:text/html,1',
      'group:a/b/c',
      '2026-13-99',
    ];
    const types = [
      'change.merged',
      'service.deployed',
      'service.removed',
      'incident.detected',
      'incident.resolved',
      'pipelinerun.started',
      'pipelinerun.finished',
      'artifact.published',
      'environment.created',
      'ticket.created',
      'ticket.closed',
    ];
    const events = types.flatMap(type =>
      odd.map((value, index) => {
        const made = event(type, `0${(index % 9) + 1}T10:00`, {
          subjectId: typeof value === 'string' && value ? value : `s${index}`,
        });
        const fields = Object.fromEntries(
          [
            'environment',
            'artifactId',
            'description',
            'name',
            'uri',
            'url',
            'outcome',
            'pipelineName',
            'summary',
            'labels',
            'ticketType',
            'category',
            'squad',
            'template',
            'step',
            'revision',
            'requestedAt',
            'deployment',
            'incident',
          ].map(key => [key, value]),
        );
        const links = Array.isArray(value) ? value : [value];
        return {
          ...made,
          data: {
            ...made.data,
            context: {
              ...made.data.context,
              links,
            } as typeof made.data.context,
            subject: {
              ...made.data.subject,
              content:
                index % 2 ? fields : { ...fields, environment: { id: 'e' } },
            },
            customData: index % 3 ? fields : 'YmFzZTY0',
          },
        };
      }),
    );
    const { rollups, ...derived } = derive(events, deriveSettings);
    expect(rollups.length).toBeGreaterThan(0);

    const limits: Record<string, number> = {
      url: 2_048,
      artifact: 1_024,
      title: 1_024,
      name: 1_024,
      category: 63,
      squadRef: 400,
      templateRef: 400,
    };
    const texts = Object.values(derived)
      .flat()
      .flatMap(row => Object.entries(row))
      .filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
    expect(texts.length).toBeGreaterThan(100);
    for (const [key, text] of texts) {
      expect(text.length).toBeLessThanOrEqual(limits[key] ?? 255);
      expect(text.isWellFormed()).toBe(true);
    }
    expect(
      texts.filter(([key, text]) => key === 'url' && !/^https?:/.test(text)),
    ).toEqual([]);
    // Cut, yet not the same
    const things = new Set(derived.tickets.map(({ ticketId }) => ticketId));
    expect(things.size).toBe(odd.length);
  });
});

function byWeek(
  a: { measure: string; week: string; bucket: number },
  b: { measure: string; week: string; bucket: number },
): number {
  const [x, y] = [a, b].map(row => `${row.measure} ${row.week} ${row.bucket}`);
  return x.localeCompare(y);
}
