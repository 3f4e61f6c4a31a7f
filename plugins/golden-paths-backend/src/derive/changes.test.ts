import {
  deriveSettings,
  eventFactory,
  november,
} from '../__testUtils__/sourceEvents';
import { seededRandom } from '../__testUtils__/seededRandom';
import { SourceEvent } from './Derived';
import { derive } from './derive';
import { durationOf } from '../statistics/durations';

const HOUR = 3_600_000;
const claim = { observed: false, source: '/pipeline' };
const revision = 'a'.repeat(40);

/** By change, the deployment that brought it. */
function deploymentOf(events: SourceEvent[]): Record<string, unknown> {
  return Object.fromEntries(
    derive(events, deriveSettings).changes.map(change => [
      change.changeId,
      change.deploymentSequence,
    ]),
  );
}

describe('changes', () => {
  const ways: [
    string,
    (event: ReturnType<typeof eventFactory>) => SourceEvent[],
  ][] = [
    [
      'of the same chain',
      event => [
        event('change.merged', '02T10:00', { chainId: 'c' }),
        event('service.deployed', '02T11:00', { artifact: 'one' }),
        event('service.deployed', '02T12:00', {
          artifact: 'two',
          chainId: 'c',
        }),
      ],
    ],
    [
      'of the same chain, as the claim of it says',
      event => [
        event('change.merged', '02T10:00', { chainId: 'c' }),
        event('service.deployed', '02T11:00', { artifact: 'one' }),
        event('service.deployed', '02T12:00', { artifact: 'two' }),
        event('service.deployed', '02T12:01', {
          artifact: 'two',
          chainId: 'c',
          ...claim,
        }),
      ],
    ],
    [
      'that links lead back to',
      event => [
        event('change.merged', '02T10:00', { id: 'merge' }),
        event('service.deployed', '02T11:00', { artifact: 'one' }),
        event('service.deployed', '02T12:00', {
          artifact: 'two',
          links: ['run'],
        }),
        event('pipelinerun.finished', '02T10:30', {
          id: 'run',
          links: ['merge', 'nothing', 'run'],
        }),
      ],
    ],
    [
      'that links lead back to from its artifact',
      event => [
        event('change.merged', '02T10:00', { id: 'merge' }),
        event('service.deployed', '02T11:00', { artifact: 'one' }),
        event('service.deployed', '02T12:00', { artifact: 'two' }),
        event('artifact.published', '02T10:30', {
          subjectId: 'two',
          links: ['merge'],
        }),
      ],
    ],
    [
      'of the same commit',
      event => [
        event('change.merged', '02T10:00', { custom: { revision } }),
        event('service.deployed', '02T11:00', { artifact: 'one' }),
        event('service.deployed', '02T12:00', {
          artifact: 'two',
          custom: { revision: 'AAAAAAA' },
        }),
      ],
    ],
    [
      'of the commit of its artifact',
      event => [
        event('change.merged', '02T10:00', { subjectId: revision }),
        event('service.deployed', '02T11:00', { artifact: 'one' }),
        event('service.deployed', '02T12:00', { artifact: 'two' }),
        event('artifact.published', '02T10:30', {
          subjectId: 'two',
          custom: { revision },
        }),
      ],
    ],
    [
      'of the same artifact',
      event => [
        event('change.merged', '02T10:00', { custom: { artifactId: 'two' } }),
        event('service.deployed', '02T11:00', { artifact: 'one' }),
        event('service.deployed', '02T12:00', { artifact: 'two' }),
      ],
    ],
  ];
  it.each(ways)('come with the deployment %s', (_, make) => {
    expect(Object.values(deploymentOf(make(eventFactory())))).toEqual(['3']);
  });

  it('that no deployment names come with the next one', () => {
    const event = eventFactory();
    const events = [
      event('service.deployed', '02T09:00', { artifact: 'zero' }),
      event('change.merged', '02T10:00', { subjectId: 'first' }),
      event('change.merged', '02T10:30', { subjectId: 'second' }),
      event('service.deployed', '02T11:00', { artifact: 'one', ...claim }),
      event('service.deployed', '02T11:30', {
        artifact: 'two',
        environment: 'staging',
      }),
      event('service.deployed', '02T12:00', { artifact: 'three' }),
      event('change.merged', '02T12:30', { subjectId: 'third' }),
    ];
    expect(deploymentOf(events)).toEqual({
      first: '6',
      second: '6',
      third: undefined,
    });
    const { deployments } = derive(events, deriveSettings);
    expect(
      deployments.map(({ eventSequence, leadTime }) => [
        eventSequence,
        leadTime,
      ]),
    ).toEqual([
      ['1', undefined],
      ['4', undefined],
      ['5', undefined],
      // The longest of its changes
      ['6', 2 * HOUR],
    ]);
  });

  it('come no earlier than the deployment of a commit that was merged after them', () => {
    const event = eventFactory();
    expect(
      deploymentOf([
        event('change.merged', '02T10:00', {
          subjectId: 'first',
          chainId: 'one',
        }),
        event('change.merged', '02T10:10', { subjectId: 'unnamed' }),
        event('change.merged', '02T10:20', {
          subjectId: 'second',
          chainId: 'two',
        }),
        // Its contents are those of the first merge, though it is after all
        event('service.deployed', '02T11:00', {
          artifact: 'one',
          chainId: 'one',
        }),
        event('service.deployed', '02T12:00', {
          artifact: 'two',
          chainId: 'two',
        }),
      ]),
    ).toEqual({ first: '4', unnamed: '5', second: '5' });
  });

  it('that were overtaken come with what overtook them', () => {
    const event = eventFactory();
    expect(
      deploymentOf([
        event('change.merged', '02T10:00', {
          subjectId: 'first',
          chainId: 'one',
        }),
        event('change.merged', '02T10:20', {
          subjectId: 'second',
          chainId: 'two',
        }),
        event('service.deployed', '02T11:00', {
          artifact: 'two',
          chainId: 'two',
        }),
        event('service.deployed', '02T12:00', {
          artifact: 'one',
          chainId: 'one',
        }),
      ]),
    ).toEqual({ first: '3', second: '3' });
  });

  it('do not come with rollbacks, nor with what was deployed before', () => {
    const event = eventFactory();
    expect(
      deploymentOf([
        event('service.deployed', '02T08:00', {
          artifact: 'one',
          chainId: 'c',
        }),
        event('service.deployed', '02T09:00', { artifact: 'two' }),
        event('change.merged', '02T10:00', { chainId: 'c' }),
        event('service.deployed', '02T11:00', { artifact: 'one' }),
        event('service.removed', '02T11:30'),
        event('service.deployed', '02T12:00', { artifact: 'three' }),
      ]),
    ).toEqual({ subject: '6' });
  });

  it('that came with a claim before anything was observed are not laid to a later deployment', () => {
    const event = eventFactory();
    expect(
      deploymentOf([
        event('change.merged', '02T10:00', { subjectId: 'claimed' }),
        event('service.deployed', '02T11:00', { artifact: 'one', ...claim }),
        event('change.merged', '02T12:00', { subjectId: 'between' }),
        event('service.deployed', '02T13:00', { artifact: 'two' }),
        event('change.merged', '02T14:00', { subjectId: 'after' }),
        // From now on, only what was observed counts
        event('service.deployed', '02T15:00', { artifact: 'three', ...claim }),
        event('service.deployed', '02T16:00', { artifact: 'four' }),
      ]),
    ).toEqual({ claimed: undefined, between: '4', after: '7' });
  });

  it('are merged once, and first to any production', () => {
    const event = eventFactory();
    const { changes, rollups } = derive(
      [
        event('change.merged', '02T10:00'),
        event('change.merged', '02T10:30', { custom: { revision } }),
        event('service.deployed', '02T11:00', { environment: 'prod-eu' }),
        event('service.deployed', '02T12:00', { environment: 'prod-us' }),
      ],
      deriveSettings,
    );
    expect(changes).toEqual([
      {
        changeId: 'subject',
        eventSequence: '1',
        revision,
        mergedAt: november('02T10:00'),
        deploymentSequence: '3',
        deployedAt: november('02T11:00'),
        sample: false,
        url: undefined,
      },
    ]);
    const [leadTime, ...others] = rollups.filter(
      ({ measure }) => measure === 'change-lead-time',
    );
    expect(others).toEqual([]);
    expect(leadTime).toMatchObject({
      week: '2026-11-02',
      count: 1,
      total: HOUR,
    });
    expect(durationOf(leadTime.bucket) / HOUR).toBeCloseTo(1, 1);
  });

  it('are laid to deployments as somebody would who reads the rules aloud', () => {
    const random = seededRandom(23);
    const name = (prefix: string) => `${prefix}${Math.floor(random() * 12)}`;
    for (let times = 0; times < 200; times++) {
      const event = eventFactory();
      const hours = Array.from({ length: 30 }, (_, hour) => hour);
      const events = hours.map(hour =>
        random() < 0.5
          ? event('change.merged', november('02T00:00') + hour * HOUR, {
              subjectId: `change ${hour}`,
              chainId: random() < 0.6 ? name('chain ') : undefined,
            })
          : event('service.deployed', november('02T00:00') + hour * HOUR, {
              artifact: `artifact ${hour}`,
              chainId: random() < 0.6 ? name('chain ') : undefined,
              ...(random() < 0.3 ? claim : {}),
            }),
      );
      expect(deploymentOf(events)).toEqual(readAloud(events));
    }
  });
});

/** Slowly, and as the rules of docs/delivery.md are written. */
function readAloud(events: SourceEvent[]): Record<string, unknown> {
  const merges = events.filter(({ type }) => type === 'change.merged');
  const all = events.filter(({ type }) => type === 'service.deployed');
  const firstObserved = all.find(({ observed }) => observed);
  const deployments = all.filter(
    deployment =>
      deployment.observed ||
      (firstObserved && deployment.occurredAt < firstObserved.occurredAt),
  );
  const chainOf = ({ data }: SourceEvent) => data.context.chainId;
  const namedBy = (deployment: SourceEvent) =>
    merges.filter(
      merge =>
        merge.occurredAt <= deployment.occurredAt &&
        chainOf(merge) !== undefined &&
        chainOf(merge) === chainOf(deployment),
    );
  const holds = (deployment: SourceEvent, merge: SourceEvent) => {
    const named = namedBy(deployment);
    return named.length > 0
      ? named.some(other => other.occurredAt >= merge.occurredAt)
      : deployment.occurredAt >= merge.occurredAt;
  };
  return Object.fromEntries(
    merges.map(merge => {
      const isNamed = deployments.some(deployment =>
        namedBy(deployment).includes(merge),
      );
      const first = deployments
        .filter(deployment => !isNamed || namedBy(deployment).length > 0)
        .find(deployment => holds(deployment, merge));
      return [
        merge.data.subject.id,
        first?.observed ? first.sequence : undefined,
      ];
    }),
  );
}
