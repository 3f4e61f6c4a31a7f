import type { LogEvent } from '@backstage/plugin-scaffolder-common';
import { SharedLog } from './SharedLog';

const event = (id: number, type: LogEvent['type'] = 'log') =>
  ({
    id: String(id),
    type,
    body: {},
    createdAt: '',
    taskId: 'abc',
  } as unknown as LogEvent);

function setUp() {
  const connections: Array<{
    after?: number;
    isOpen: boolean;
    next: (e: LogEvent) => void;
    error: (e: Error) => void;
  }> = [];
  const onAbandoned = jest.fn();
  const log = new SharedLog({
    onAbandoned,
    open: after => ({
      subscribe: ({ next = () => {}, error = () => {} }) => {
        const connection = { after, isOpen: true, next, error };
        connections.push(connection);
        return {
          unsubscribe: () => {
            connection.isOpen = false;
          },
        };
      },
    }),
  });
  const follow = (after?: number) => {
    const seen: number[] = [];
    const error = jest.fn();
    const subscription = log.subscribe({
      after,
      observer: { next: e => seen.push(Number(e.id)), error },
    });
    return { seen, error, subscription };
  };
  return { log, connections, onAbandoned, follow };
}

describe('SharedLog', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  it('serves all who follow a run, whenever they come, over one connection', async () => {
    const { connections, onAbandoned, follow } = setUp();
    const first = follow();
    const second = follow();
    connections[0].next(event(1));
    connections[0].next(event(2));
    const late = follow();
    const later = follow(1);
    await Promise.resolve();

    expect(connections).toHaveLength(1);
    for (const { seen } of [first, second, late]) {
      expect(seen).toEqual([1, 2]);
    }
    expect(later.seen).toEqual([2]);

    for (const { subscription } of [first, second, late]) {
      subscription.unsubscribe();
    }
    expect(connections[0].isOpen).toBe(true);
    later.subscription.unsubscribe();
    expect(connections[0].isOpen).toBe(false);
    expect(onAbandoned).toHaveBeenCalled();
  });

  it('ends with the run, not with an earlier attempt, and goes on after a retry', () => {
    const { log, connections, follow } = setUp();
    const { seen } = follow();
    connections[0].next(event(1, 'completion'));
    connections[0].next(event(2, 'recovered'));
    jest.advanceTimersByTime(5000);
    expect(connections[0].isOpen).toBe(true);

    connections[0].next(event(3, 'completion'));
    jest.advanceTimersByTime(5000);
    expect(connections[0].isOpen).toBe(false);

    log.resume();
    expect(connections[1]).toMatchObject({ after: 3, isOpen: true });
    connections[1].next(event(4, 'recovered'));
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('tells all when the connection breaks', () => {
    const { connections, onAbandoned, follow } = setUp();
    const followers = [follow(), follow()];
    connections[0].error(new Error('gone'));

    for (const { error, subscription } of followers) {
      expect(error).toHaveBeenCalledTimes(1);
      expect(subscription.closed).toBe(true);
    }
    expect(connections[0].isOpen).toBe(false);
    expect(onAbandoned).toHaveBeenCalled();
  });
});
