import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { eventually } from '@waymark/backend-test-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { IncomingEvent } from '../events/EventIntake';
import { ScaffolderRunStore } from './ScaffolderRunStore';
import { ScaffolderRunTracker } from './ScaffolderRunTracker';

const T = Date.parse('2026-08-05T10:00:00Z');
const at = (seconds: number) => new Date(T + seconds * 1000).toISOString();

interface Known {
  task: Record<string, unknown> & { id: string; status: string };
  logs: object[];
}

describe.each(databases.eachSupportedId())('runs on %s', id => {
  let knex: Knex;
  let store: ScaffolderRunStore;
  let tracker: ScaffolderRunTracker;
  let scaffolder: Map<string, Known>;
  let accepted: IncomingEvent[];
  const changed: string[] = [];

  beforeEach(async () => {
    knex = await initDatabase(id);
    scaffolder = new Map();
    accepted = [];
    changed.length = 0;
    store = new ScaffolderRunStore({
      clock: Date.now,
      knex,
      onChange: (_, ref) => changed.push(ref),
    });
    const known = (taskId: string) => {
      const found = scaffolder.get(taskId);
      if (!found) {
        throw new NotFoundError(taskId);
      }
      return found;
    };
    const service: Partial<ScaffolderService> = {
      listTasks: async ({ status, offset = 0, limit = 100 }) => {
        const items = [...scaffolder.values()]
          .map(({ task }) => task)
          .filter(task => !status || status.includes(task.status as 'open'));
        return {
          items: items.slice(offset, offset + limit) as never[],
          totalItems: items.length,
        };
      },
      getTask: async ({ taskId }) => known(taskId).task as never,
      getLogs: async ({ taskId }) => known(taskId).logs as never,
    };
    tracker = new ScaffolderRunTracker({
      appUrl: 'https://portal.example/',
      auth: mockServices.auth(),
      clock: Date.now,
      intake: {
        accept: async events => {
          accepted.push(...events);
          return events.map(() => ({ duplicate: false }));
        },
      },
      logger: mockServices.logger.mock(),
      scaffolder: service as ScaffolderService,
      store,
    });
    tracker.start();
  });
  afterEach(async () => {
    await tracker.stop();
  });

  const task = (taskId: string, status: string, heartbeat = 0) => ({
    id: taskId,
    status,
    createdAt: at(0),
    lastHeartbeatAt: at(heartbeat),
    spec: {
      steps: [{ id: 'publish', name: 'Publish', action: 'publish:github' }],
      parameters: { name: 'orders' },
      templateInfo: { entityRef: 'template:default/node-api' },
    },
  });
  const completion = (seconds: number, body: object) => ({
    type: 'completion',
    createdAt: at(seconds),
    body,
  });
  const output = { entityRef: 'component:default/orders' };
  const until = (status: string, taskId = 'one') =>
    eventually(`${taskId} is ${status}`, async () => {
      const run = await store.find(taskId);
      return run?.status === status ? run : undefined;
    });
  const hear = (eventPayload: unknown) =>
    tracker.hear({ topic: 'scaffolder.task', eventPayload });

  it('are followed from what is heard, and what is not', async () => {
    scaffolder.set('one', { task: task('one', 'processing'), logs: [] });
    await hear({ id: 'one', spec: {}, status: 'open' });
    await until('processing');
    // Its end was heard of before it was written
    await hear({ id: 'one', status: 'completed' });
    scaffolder.set('one', {
      task: task('one', 'completed', 5),
      logs: [completion(9, { output })],
    });
    expect(await until('completed')).toMatchObject({
      entityRef: 'component:default/orders',
      endedAt: T + 9_000,
    });
    expect(new Set(accepted.map(({ event }) => event.context.id))).toEqual(
      new Set([`one-${T}-started`, `one-${T}-finished`]),
    );
    expect(changed).toContain('component:default/orders');

    await hear('nonsense');
    await hear({ id: 7, taskId: 'gone', status: 'cancelled' });
    await eventually('what is nowhere is forgotten', async () => {
      const [{ count }] = await knex('scaffolder_runs').count({ count: '*' });
      return Number(count) === 1;
    });
  });

  it('that failed and are tried again in silence are found by the list', async () => {
    scaffolder.set('one', {
      task: task('one', 'failed', 1),
      logs: [completion(4, { error: { message: 'No' } })],
    });
    await tracker.reconcile({ whole: false });
    expect(await until('failed')).toMatchObject({ error: 'No', attempts: 1 });
    expect(accepted).toEqual([]);

    scaffolder.set('one', {
      task: task('one', 'completed', 60),
      logs: [
        { type: 'recovered', createdAt: at(50), body: {} },
        completion(70, { output }),
      ],
    });
    await tracker.reconcile({ whole: false });
    expect(await until('completed')).toMatchObject({
      attempts: 2,
      startedAt: T + 50_000,
      error: undefined,
    });
  });

  it('that failed too early learn from the repository what they made', async () => {
    scaffolder.set('one', {
      task: task('one', 'failed', 1),
      logs: [completion(4, { error: { message: 'No' } })],
    });
    await tracker.reconcile({ whole: true });
    await until('failed');
    const origin = {
      taskId: 'one',
      entityRef: 'component:default/orders',
      repositoryUrl: 'https://git.example/orders',
    };
    await store.learn(origin);
    // Whoever comes later has copied it
    await store.learn({ ...origin, entityRef: 'component:default/thief' });
    await tracker.reconcile({ whole: true });
    await eventually('it is told of', () => accepted.length >= 2);
    expect(new Set(accepted.map(({ entityRef }) => entityRef))).toEqual(
      new Set(['component:default/orders']),
    );
  });
});
