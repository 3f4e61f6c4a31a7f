import { deriveSettings, eventFactory } from '../__testUtils__/sourceEvents';
import { SourceEvent } from './Derived';
import { derive } from './derive';

const claim = { observed: false, source: '/pipeline' };

/** What runs, in a line each. */
function deploymentsOf(events: SourceEvent[]): string[] {
  return derive(events, deriveSettings).deployments.map(
    ({ eventSequence, environment, kind, artifact, observed }) =>
      [
        eventSequence,
        environment,
        kind,
        artifact ?? '-',
        observed ? 'observed' : 'claimed',
      ].join(' '),
  );
}

describe('deployments', () => {
  it('are told apart by environment, whose case does not matter', () => {
    const event = eventFactory();
    expect(
      derive(
        [
          event('service.deployed', '02T10:00', { environment: 'PROD-eu' }),
          event('service.deployed', '02T10:00', { environment: 'preprod' }),
          event('service.deployed', '02T10:00', { environment: 'Staging' }),
          event('service.deployed', '02T10:00', { environment: 'e7' }),
          event('environment.created', '01T10:00', {
            subjectId: 'E7',
            content: { name: 'Production' },
          }),
        ],
        deriveSettings,
      ).deployments.map(({ environment, tier }) => [environment, tier]),
    ).toEqual([
      ['prod-eu', 'production'],
      ['preprod', 'other'],
      ['staging', 'staging'],
      ['e7', 'production'],
    ]);
  });

  it('without an environment are none', () => {
    const event = eventFactory();
    const nowhere = event('service.removed', '02T10:00');
    nowhere.data.subject.content = {};
    expect(deploymentsOf([nowhere])).toEqual([]);
  });

  it('that were observed and claimed are one, whichever came first', () => {
    const event = eventFactory();
    const artifact = 'one';
    expect(
      deploymentsOf([
        event('service.deployed', '02T10:00', { artifact, ...claim }),
        event('service.deployed', '02T10:05', { artifact }),
        event('service.upgraded', '02T10:06', { artifact, ...claim }),
        event('service.deployed', '02T10:06', {
          artifact,
          environment: 'staging',
          ...claim,
        }),
      ]),
    ).toEqual([
      '2 production deployed one observed',
      '4 staging deployed one claimed',
    ]);
  });

  it('that a pipeline claims by commit are those that were observed', () => {
    const event = eventFactory();
    const [derived, ...others] = derive(
      [
        event('artifact.published', '02T09:00', {
          subjectId: 'image',
          custom: { revision: '0123456789ABCDEF0123456789abcdef01234567' },
        }),
        event('service.deployed', '02T10:00', {
          artifact: 'chart',
          custom: { revision: '0123456', url: 'https://ci.example/7' },
          ...claim,
        }),
        event('service.deployed', '02T10:05', { artifact: 'image' }),
      ],
      deriveSettings,
    ).deployments;
    expect(others).toEqual([]);
    expect(derived).toMatchObject({
      eventSequence: '3',
      artifact: 'image',
      revision: '0123456789abcdef0123456789abcdef01234567',
      url: 'https://ci.example/7',
    });
  });

  it('that a pipeline claims are what any of several observers saw', () => {
    const event = eventFactory();
    const custom = { revision: 'a'.repeat(40) };
    const claimed = { ...claim, artifact: 'build', custom };
    const seen = { artifact: 'image', source: '/other', custom };
    expect(
      deploymentsOf([
        event('service.deployed', '02T09:00', claimed),
        event('service.deployed', '02T10:00', { artifact: 'image' }),
        event('service.deployed', '02T10:05', seen),
        event('service.deployed', '02T11:00', claimed),
      ]),
    ).toEqual(['2 production deployed image observed']);
  });

  it('that were claimed stay claims when something else was observed', () => {
    const event = eventFactory();
    expect(
      deploymentsOf([
        event('service.deployed', '02T10:00', { artifact: 'one' }),
        event('service.deployed', '02T11:00', { artifact: 'two', ...claim }),
        event('service.deployed', '02T12:00', { artifact: 'three' }),
        event('service.deployed', '02T13:00', { artifact: 'one', ...claim }),
      ]),
    ).toEqual([
      '1 production deployed one observed',
      '2 production deployed two claimed',
      '3 production deployed three observed',
      '4 production deployed one claimed',
    ]);
  });

  it('that two observers saw are one; one that an observer sees again is another', () => {
    const event = eventFactory();
    const artifact = 'one';
    const other = { artifact, source: '/other-observer' };
    expect(
      deploymentsOf([
        event('service.deployed', '02T10:00', { artifact }),
        event('service.deployed', '02T10:01', other),
        event('service.deployed', '02T11:00', { artifact }),
        event('service.deployed', '02T11:01', other),
        event('service.deployed', '02T12:00', { artifact: 'two' }),
      ]),
    ).toEqual([
      '1 production deployed one observed',
      '3 production deployed one observed',
      '5 production deployed two observed',
    ]);
  });

  it('after a removal are new, and a removal is none', () => {
    const event = eventFactory();
    const events = [
      event('service.deployed', '02T10:00', { artifact: 'one' }),
      event('service.deployed', '02T11:00', { artifact: 'two' }),
      event('service.removed', '02T12:00'),
      event('service.removed', '02T12:00', claim),
      event('service.deployed', '02T13:00', { artifact: 'one' }),
    ];
    expect(deploymentsOf(events)).toEqual([
      '1 production deployed one observed',
      '2 production deployed two observed',
      '3 production removed - observed',
      '5 production deployed one observed',
    ]);
    expect(derive(events, deriveSettings).rollups).toEqual([
      {
        measure: 'deployments',
        week: '2026-11-02',
        bucket: 0,
        count: 3,
        total: 0,
      },
    ]);
  });

  it('of an artifact that ran before the present one are rollbacks, once', () => {
    const event = eventFactory();
    expect(
      deploymentsOf(
        ['one', 'two', 'three', 'one', 'three', 'three', 'two'].map(
          (artifact, hour) =>
            event('service.upgraded', `02T1${hour}:00`, { artifact }),
        ),
      ),
    ).toEqual([
      '1 production upgraded one observed',
      '2 production upgraded two observed',
      '3 production upgraded three observed',
      '4 production rolledback one observed',
      // Both had been taken back: they are new again
      '5 production upgraded three observed',
      '6 production upgraded three observed',
      '7 production upgraded two observed',
    ]);
  });

  it('of older artifacts are rollbacks in production only, unless they are called so', () => {
    const event = eventFactory();
    const environment = 'staging';
    expect(
      deploymentsOf([
        event('service.deployed', '02T10:00', { artifact: 'a', environment }),
        event('service.deployed', '02T11:00', { artifact: 'b', environment }),
        event('service.deployed', '02T12:00', { artifact: 'a', environment }),
        event('service.rolledback', '02T13:00', { artifact: 'b', environment }),
      ]),
    ).toEqual([
      '1 staging deployed a observed',
      '2 staging deployed b observed',
      '3 staging deployed a observed',
      '4 staging rolledback b observed',
    ]);
  });

  it('count by week: of production, of staging, and claims apart', () => {
    const event = eventFactory();
    const { rollups } = derive(
      [
        event('service.deployed', '08T23:00', { artifact: 'one' }),
        event('service.deployed', '09T01:00', { artifact: 'two' }),
        event('service.deployed', '10T01:00', { artifact: 'three' }),
        event('service.deployed', '10T02:00', { artifact: 'four', ...claim }),
        event('service.deployed', '10T02:00', {
          artifact: 'four',
          environment: 'staging',
        }),
        event('service.deployed', '10T02:00', { environment: 'laboratory' }),
      ],
      { ...deriveSettings, timeZone: 'America/New_York' },
    );
    const sums = rollups.map(
      ({ measure, week, count }) => `${measure} ${week} ${count}`,
    );
    expect(sums).toEqual([
      // At one o'clock on Monday in UTC it is Sunday there
      'deployments 2026-11-02 2',
      'deployments 2026-11-09 1',
      'deployments-staging 2026-11-09 1',
      'deployments-claimed 2026-11-09 1',
    ]);
  });
});
