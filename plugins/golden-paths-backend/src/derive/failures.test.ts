import {
  deriveSettings,
  eventFactory,
  EventOptions,
  november,
} from '../__testUtils__/sourceEvents';
import { SourceEvent } from './Derived';
import { derive } from './derive';

const HOUR = 3_600_000;
type Factory = ReturnType<typeof eventFactory>;

const incident = (event: Factory, moment: string, options: EventOptions = {}) =>
  event('incident.detected', moment, {
    subjectId: 'incident',
    environment: 'production',
    ...options,
  });
const resolved = (event: Factory, moment: string, subjectId = 'incident') =>
  event('incident.resolved', moment, { subjectId });

/** The deployment that the only incident is laid to, and why. */
function causeOf(events: SourceEvent[]): string {
  const [found, ...others] = derive(events, deriveSettings).incidents;
  expect(others).toEqual([]);
  return [found.deploymentSequence, found.link].join(' ');
}

/** Deployments that failed: by what, for how many hours; and which are rework. */
function failuresOf(events: SourceEvent[]): string[] {
  return derive(events, deriveSettings).deployments.map(row =>
    [
      row.eventSequence,
      row.failedBy ?? 'fine',
      ...(row.failedAt
        ? [(row.recoveredAt ?? Infinity) - row.failedAt].map(
            time => `${time / HOUR}h`,
          )
        : []),
      ...(row.rework ? ['rework'] : []),
    ].join(' '),
  );
}

describe('incidents are laid to', () => {
  const deployments = (event: Factory) => [
    event('service.deployed', '02T08:00', {
      id: 'named',
      artifact: 'one',
      chainId: 'chain',
      custom: { revision: 'abcdef012345' },
    }),
    event('service.deployed', '02T09:00', { artifact: 'two' }),
  ];
  it.each<[string, EventOptions, string]>([
    ['a link', { links: ['elsewhere', 'named'] }, '1 named'],
    ['the id of its event', { custom: { deployment: 'named' } }, '1 named'],
    ['its chain', { chainId: 'chain' }, '1 named'],
    ['its artifact', { artifact: 'one' }, '1 named'],
    ['its commit', { custom: { revision: 'abcdef0' } }, '1 named'],
    ['nothing: the last one within the window', {}, '2 window'],
    ['an artifact that nobody knows', { artifact: 'x' }, '2 window'],
    ['another name of production', { environment: 'eu-west-1' }, '2 window'],
    ['staging', { environment: 'staging' }, ' '],
  ])('the deployment that is named by %s', (_, options, cause) => {
    const event = eventFactory();
    expect(
      causeOf([...deployments(event), incident(event, '02T10:00', options)]),
    ).toBe(cause);
  });

  it('the last deployment of their environment, the same moment included', () => {
    const event = eventFactory();
    const events = [
      event('service.deployed', '02T08:00', {
        artifact: 'one',
        environment: 'prod-eu',
      }),
      event('service.deployed', '02T09:00', {
        artifact: 'one',
        environment: 'prod-us',
      }),
      event('service.deployed', '02T09:30', {
        artifact: 'one',
        observed: false,
      }),
    ];
    const inEnvironment = (moment: string, options: EventOptions) =>
      causeOf([...events, incident(event, moment, options)]);
    expect(inEnvironment('02T10:00', { environment: 'Prod-EU' })).toBe(
      '1 window',
    );
    expect(inEnvironment('02T09:00', { environment: 'production' })).toBe(
      '2 window',
    );
    expect(
      inEnvironment('02T10:00', { environment: 'prod-eu', artifact: 'one' }),
    ).toBe('1 named');
  });

  it('none after the window, nor before any deployment', () => {
    const event = eventFactory();
    const deployed = event('service.deployed', '02T08:00', { artifact: 'one' });
    expect(causeOf([deployed, incident(event, '03T08:00')])).toBe('1 window');
    expect(causeOf([deployed, incident(event, '03T08:01')])).toBe(' ');
    expect(causeOf([deployed, incident(event, '02T07:00')])).toBe(' ');
    expect(
      causeOf([deployed, incident(event, '02T07:00', { artifact: 'one' })]),
    ).toBe(' ');
    // Named by its id, clocks do not matter
    const named = { links: [deployed.id] };
    expect(causeOf([deployed, incident(event, '02T07:00', named)])).toBe(
      '1 named',
    );
    expect(failuresOf([deployed, incident(event, '02T07:00', named)])).toEqual([
      '1 incident Infinityh',
    ]);
  });

  it('what was rolled back, not to the rollback', () => {
    const event = eventFactory();
    expect(
      causeOf([
        event('service.deployed', '02T08:00', { artifact: 'one' }),
        event('service.deployed', '02T09:00', { artifact: 'two' }),
        event('service.rolledback', '02T10:00', { artifact: 'one' }),
        incident(event, '02T11:00'),
      ]),
    ).toBe('2 window');
  });
});

describe('incidents', () => {
  const timesOf = (events: SourceEvent[]) =>
    derive(events, deriveSettings).incidents.map(row => [
      row.incidentId,
      row.detectedAt,
      row.resolvedAt,
    ]);

  it('that were resolved before they were detected lasted no time', () => {
    const event = eventFactory();
    const events = [resolved(event, '02T09:00'), incident(event, '02T10:00')];
    const at = november('02T10:00');
    expect(timesOf(events)).toEqual([['incident', at, at]]);
  });

  it('that were detected again are the same, and open once they had been resolved', () => {
    const event = eventFactory();
    const from = november('02T10:00');
    const events = [
      incident(event, '02T10:00'),
      event('incident.reported', '02T10:30', { subjectId: 'incident' }),
      resolved(event, '02T11:00'),
    ];
    expect(timesOf(events)).toEqual([['incident', from, november('02T11:00')]]);
    events.push(incident(event, '02T12:00'));
    expect(timesOf(events)).toEqual([['incident', from, undefined]]);
    events.push(resolved(event, '02T13:00'));
    expect(timesOf(events)).toEqual([['incident', from, november('02T13:00')]]);
  });

  it('that were never detected are none', () => {
    expect(timesOf([resolved(eventFactory(), '02T09:00')])).toEqual([]);
  });
});

describe('deployments fail', () => {
  it('by incidents, from the first detected to the last resolved', () => {
    const event = eventFactory();
    const events = [
      event('service.deployed', '02T08:00', { artifact: 'one' }),
      incident(event, '02T09:00'),
      incident(event, '02T09:30', { subjectId: 'second' }),
      resolved(event, '02T10:00'),
    ];
    expect(failuresOf(events)).toEqual(['1 incident Infinityh']);
    expect(
      failuresOf([...events, resolved(event, '02T12:00', 'second')]),
    ).toEqual(['1 incident 3h']);
  });

  it('by rollbacks, from the beginning', () => {
    const event = eventFactory();
    expect(
      failuresOf([
        event('service.deployed', '02T08:00', { artifact: 'one' }),
        event('service.deployed', '02T09:00', { artifact: 'two' }),
        event('service.upgraded', '02T11:00', { artifact: 'one' }),
      ]),
    ).toEqual(['1 fine', '2 rollback 2h', '3 fine rework']);
  });

  it('by rollbacks to something unknown; the first one of all takes back nothing', () => {
    const event = eventFactory();
    const events = [
      event('service.rolledback', '02T08:00', { artifact: 'before' }),
      event('service.deployed', '02T09:00', { artifact: 'two' }),
      event('service.rolledback', '02T11:00', { artifact: 'unknown' }),
    ];
    expect(failuresOf(events)).toEqual([
      '1 fine rework',
      '2 rollback 2h',
      '3 fine rework',
    ]);
  });

  it('by attempts of a pipeline that says where it deployed what', () => {
    const event = eventFactory();
    const failed = (moment: string, options: EventOptions) =>
      event('pipelinerun.finished', moment, {
        subjectId: `run at ${moment}`,
        content: { outcome: 'failure' },
        ...options,
      });
    const deployments = [
      event('service.deployed', '02T08:00', { artifact: 'one', chainId: 'c' }),
      event('service.deployed', '02T14:00', { artifact: 'two' }),
    ];
    expect(
      failuresOf([
        ...deployments,
        failed('02T09:00', { environment: 'production', chainId: 'c' }),
      ]),
    ).toEqual(['1 attempt 5h', '2 fine']);
    expect(
      failuresOf([
        ...deployments,
        event('taskrun.finished', '02T09:00', {
          environment: 'production',
          artifact: 'one',
          content: { outcome: 'error' },
        }),
      ]),
    ).toEqual(['1 attempt 5h', '2 fine']);
    for (const options of [
      { environment: 'staging', chainId: 'c' },
      { chainId: 'c' },
      { environment: 'production', artifact: 'two' },
      {
        environment: 'production',
        artifact: 'one',
        content: { outcome: 'success' },
      },
    ]) {
      expect(failuresOf([...deployments, failed('02T09:00', options)])).toEqual(
        ['1 fine', '2 fine'],
      );
    }
  });

  it('by the incident, when there is one, whatever else there is', () => {
    const event = eventFactory();
    expect(
      failuresOf([
        event('service.deployed', '02T08:00', { artifact: 'one' }),
        event('service.deployed', '02T09:00', { artifact: 'two' }),
        incident(event, '02T10:00'),
        event('service.rolledback', '02T11:00', { artifact: 'one' }),
        resolved(event, '02T14:00'),
      ]),
    ).toEqual(['1 fine', '2 incident 4h', '4 fine rework']);
  });

  it('in rollups, by the week of the deployment and that of the recovery', () => {
    const event = eventFactory();
    const { rollups } = derive(
      [
        event('service.deployed', '08T22:00', { artifact: 'one' }),
        incident(event, '08T23:00'),
        event('service.deployed', '09T01:00', { artifact: 'two' }),
        resolved(event, '09T02:00'),
      ],
      deriveSettings,
    );
    expect(
      rollups.map(row => [row.measure, row.week, row.count, row.total / HOUR]),
    ).toEqual([
      ['deployments', '2026-11-02', 1, 0],
      ['deployments-failed', '2026-11-02', 1, 0],
      ['recovery-time', '2026-11-09', 1, 3],
      ['deployments', '2026-11-09', 1, 0],
      ['deployments-rework', '2026-11-09', 1, 0],
      ['incidents', '2026-11-02', 1, 0],
    ]);
  });
});

describe('rework', () => {
  const reworkOf = (events: SourceEvent[]) =>
    derive(events, deriveSettings).deployments.flatMap(row =>
      row.rework ? row.eventSequence : [],
    );

  it('is the last deployment before an incident was resolved', () => {
    const event = eventFactory();
    const events = [
      event('service.deployed', '02T08:00', { artifact: 'one' }),
      incident(event, '02T09:00'),
      event('service.deployed', '02T10:00', { artifact: 'two' }),
      event('service.deployed', '02T11:00', { artifact: 'three' }),
      event('service.deployed', '02T13:00', { artifact: 'four' }),
    ];
    expect(reworkOf(events)).toEqual([]);
    expect(reworkOf([...events, resolved(event, '02T12:00')])).toEqual(['4']);
    expect(reworkOf([...events, resolved(event, '02T09:30')])).toEqual([]);
  });

  it('is what names an incident', () => {
    const event = eventFactory();
    expect(
      reworkOf([
        incident(event, '02T09:00', { id: 'alarm' }),
        event('service.deployed', '02T10:00', {
          artifact: 'two',
          custom: { incident: 'incident' },
        }),
        event('service.deployed', '02T11:00', {
          artifact: 'three',
          links: ['alarm'],
        }),
        event('service.deployed', '02T12:00', {
          artifact: 'four',
          custom: { incident: 'another' },
        }),
      ]),
    ).toEqual(['2', '3']);
  });
});
