import {
  FirstStepsReport,
  FirstStepsRow,
  SummaryReport,
  TemplateHealthDetails,
  TemplateHealthReport,
  TemplateRuns,
  TemplateServices,
} from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { addWeeks, Weeks } from '../calendar/Weeks';
import { randomDelivery, TIME_ZONE } from './__testUtils__/randomDelivery';
import { startReports } from './__testUtils__/startReports';

const NOW = Date.parse('2026-11-22T16:00:00Z');
const MINUTE = 60_000;
const LAST = Weeks.of(TIME_ZONE).weekOf(NOW);

describe.each(databases.eachSupportedId())('golden paths on %s', id => {
  let knex: Knex;
  let reports: Awaited<ReturnType<typeof startReports>>;

  const run = (
    taskId: string,
    status: string,
    more: Record<string, unknown> = {},
  ) => {
    const started = NOW - Number(more.ago ?? 0) * MINUTE;
    const { ago: _, took = 2, ...columns } = more;
    return {
      task_id: taskId,
      template_ref: 'template:default/go',
      created_by: 'user:default/ann',
      creates: true,
      environments: '[]',
      status,
      attempts: 1,
      created_at: started,
      started_at: started,
      ended_at: ['open', 'processing'].includes(status)
        ? null
        : started + Number(took) * MINUTE,
      steps: '[]',
      revision: '',
      ...columns,
    };
  };

  beforeAll(async () => {
    knex = await initDatabase(id);
    await randomDelivery({ knex, seed: 6, now: NOW });
    for (const [index, name] of ['go', 'kept'].entries()) {
      await knex('entities').insert({
        id: 900 + index,
        ref: `template:default/${name}`,
        kind: 'template',
        title: `Path ${name}`,
        etag: 'x',
        first_seen_at: 0,
      });
    }
    await knex('entity_search').insert({
      entity_id: 901,
      key: 'metadata.labels.secret',
      value: 'true',
    });
    await knex('template_versions').insert({
      template_ref: 'template:default/go',
      version: 'v2',
      layers: '[]',
      policies: '[]',
      changed_at: 0,
      checked_at: 0,
    });
    await knex('path_weeks')
      .where({ week: LAST, template_ref: 'template:default/go' })
      .update({ version: 'v1', behind: true });
    const step = { failed_step_id: 'publish', failed_step_name: 'Publish' };
    const fails = { ...step, error: 'The host said no' };
    await knex('scaffolder_runs').insert(
      [
        run('a', 'completed', { ago: 60, took: 2, entity_ref: 'x' }),
        run('b', 'completed', { ago: 50, took: 4, entity_ref: 'x' }),
        run('c', 'completed', { ago: 40, took: 9, name: 'late' }),
        run('d', 'failed', {
          ago: 30,
          ...fails,
          owner_ref: 'group:default/cubs',
        }),
        run('e', 'failed', {
          ago: 20,
          ...fails,
          created_by: 'user:default/bob',
        }),
        run('f', 'failed', { ago: 9, failed_step_id: 'fetch', creates: false }),
        run('g', 'cancelled', { ago: 8 }),
        run('h', 'processing', { ago: 7 }),
        run('i', 'completed', {
          entity_ref: 'x',
          template_ref: 'template:default/kept',
        }),
        run('j', 'completed', { ago: 7 * 24 * 60, entity_ref: 'x' }),
        // All with the same columns
      ].map(row => ({
        name: null,
        owner_ref: null,
        entity_ref: null,
        failed_step_id: null,
        failed_step_name: null,
        error: null,
        ...row,
      })),
    );
    reports = await startReports({
      knex,
      now: NOW,
      config: { timeZone: TIME_ZONE },
    });
  });
  afterAll(() => reports?.stop());

  const get = async <T>(path: string, user?: string): Promise<T> => {
    const { status, body } = await reports.get(path, user);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  async function all(query: string, user = 'ann') {
    const rows: FirstStepsRow[] = [];
    let total = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: FirstStepsReport = await get(
        `/reports/first-steps?limit=3&${query}${cursor && `&cursor=${cursor}`}`,
        user,
      );
      rows.push(...page.items);
      total = page.totalItems;
      cursor = page.nextCursor;
    }
    expect(rows).toHaveLength(total);
    const times = rows.map(({ steps }) => steps.requested!);
    expect(times).toEqual([...times].sort().reverse());
    return rows;
  }
  const tasks = (rows: FirstStepsRow[]) =>
    rows.flatMap(({ entityRef, taskId }) => (entityRef ? [] : [taskId]));

  it('show runs of which nothing came beside new services', async () => {
    const rows = await all('weeks=12');
    expect(tasks(rows)).toEqual(['h', 'e', 'd', 'c']);
    expect(rows.find(({ taskId }) => taskId === 'd')).toEqual({
      title: 'd',
      ownerRef: 'group:default/cubs',
      templateRef: 'template:default/go',
      taskId: 'd',
      requestedBy: 'user:default/ann',
      steps: { requested: new Date(NOW - 30 * MINUTE).toISOString() },
      stuck: {
        step: 'repository',
        since: new Date(NOW - 28 * MINUTE).toISOString(),
        reason: 'failed',
        message: 'The host said no',
        url: '/create/tasks/d',
      },
      sample: false,
    });
    expect(rows.find(({ taskId }) => taskId === 'c')).toMatchObject({
      title: 'late',
      stuck: { step: 'catalog', reason: 'waiting' },
    });
    // Whoever may not open the runs of others sees their own
    expect(tasks(await all('weeks=12', 'bob'))).toEqual(['e']);
    expect(tasks(await all('weeks=12&owner=bears'))).toEqual(['d']);
    expect(tasks(await all('weeks=12&owner=none'))).toEqual(['h', 'e', 'c']);
    expect(tasks(await all('weeks=12&system=zoo'))).toEqual([]);
    expect(tasks(await all('weeks=12&step=repository'))).toEqual([
      'h',
      'e',
      'd',
    ]);
  });

  it('are stuck or done, and counted as the metric is', async () => {
    const rows = await all('weeks=12&template=go');
    const stuck = await all('weeks=12&template=go&state=stuck');
    const done = await all('weeks=12&template=go&state=done');
    expect(stuck.length + done.length).toBe(rows.length);
    expect(stuck.every(row => row.stuck)).toBe(true);
    expect(done.some(row => row.stuck)).toBe(false);

    const { durations }: FirstStepsReport = await get(
      '/reports/first-steps?weeks=12&owner=bears',
    );
    const { metrics }: SummaryReport = await get(
      '/reports/summary?weeks=12&owner=bears',
    );
    const { value, p90, count, censored } = metrics[0];
    expect(durations.staging).toEqual({ value, p90, count, censored });
    expect(durations.production?.count).toBe(count);
  });

  it('fare as their runs do', async () => {
    const { items }: TemplateHealthReport = await get(
      '/reports/templates?weeks=2',
    );
    expect(items.map(({ templateRef }) => templateRef)).toEqual([
      'template:default/go',
      'template:default/kept',
    ]);
    const [go] = items;
    expect(go).toMatchObject({
      title: 'Path go',
      runs: 9,
      succeeded: 4,
      failed: 3,
      cancelled: 1,
      running: 1,
      duration: { value: 2 * MINUTE, p90: 9 * MINUTE, count: 4 },
      failingStep: { id: 'publish', name: 'Publish', count: 2 },
      trend: [
        { week: addWeeks(LAST, -1), runs: 1, failed: 0 },
        { week: LAST, runs: 8, failed: 3 },
      ],
    });
    expect(go.services).toBeGreaterThan(0);
    expect(go.behind).toBe(go.services);

    const seen: TemplateHealthReport = await get('/reports/templates', 'bob');
    expect(seen.items.map(({ templateRef }) => templateRef)).toEqual([
      'template:default/go',
    ]);
    expect(seen.items[0].services).toBeLessThan(go.services);
  });

  it('say where they fail, to each what they may open', async () => {
    const path = '/reports/template?templateRef=go&weeks=1';
    const full: TemplateHealthDetails = await get(path);
    expect(full.failures).toEqual([
      {
        id: 'publish',
        name: 'Publish',
        count: 2,
        lastError: 'The host said no',
        lastTaskId: 'e',
      },
      { id: 'fetch', name: 'fetch', count: 1, lastTaskId: 'f' },
    ]);
    expect(full.versions).toEqual([
      { version: 'v1', current: false, services: full.services },
    ]);
    expect(full.recent.map(({ taskId }) => taskId)).toEqual(
      'h g f e d c b a'.split(' '),
    );

    const own: TemplateHealthDetails = await get(path, 'bob');
    expect(own.failures.map(each => [each.count, each.lastTaskId])).toEqual([
      [2, 'e'],
      [1, undefined],
    ]);
    expect(own.recent.map(({ taskId }) => taskId)).toEqual(['e']);
    const kept = '/reports/template?templateRef=kept';
    expect((await reports.get(kept, 'ann')).status).toBe(200);
    expect((await reports.get(kept, 'bob')).status).toBe(404);
    const services = '/reports/template-services?templateRef=kept';
    expect((await reports.get(services, 'ann')).body).toEqual({
      items: [],
      totalItems: 0,
    });
    expect((await reports.get(services, 'bob')).status).toBe(404);
    expect((await reports.get(services, 'eve')).status).toBe(403);
  });

  it('open onto their runs', async () => {
    const ids = async (query: string, user = 'ann') => {
      const found: string[] = [];
      let page: TemplateRuns | undefined;
      do {
        page = await get<TemplateRuns>(
          `/reports/template-runs?templateRef=go&limit=2&${query}${
            page ? `&cursor=${page.nextCursor}` : ''
          }`,
          user,
        );
        found.push(...page.items.map(({ taskId }) => taskId));
      } while (page.nextCursor !== undefined);
      expect(found).toHaveLength(page.totalItems);
      return found.join(' ');
    };
    expect(await ids('weeks=2')).toBe('h g f e d c b a j');
    expect(await ids(`weeks=2&week=${addWeeks(LAST, -1)}`)).toBe('j');
    expect(await ids('weeks=2&state=succeeded')).toBe('c b a j');
    expect(await ids('weeks=2&state=failed')).toBe('f e d');
    expect(await ids('weeks=2&state=cancelled')).toBe('g');
    expect(await ids('weeks=2&state=running')).toBe('h');
    expect(await ids('weeks=2&step=publish')).toBe('e d');
    expect(await ids('weeks=2', 'bob')).toBe('e');
    const kept = '/reports/template-runs?templateRef=kept';
    expect((await reports.get(kept, 'bob')).status).toBe(404);
  });

  async function followers(query: string, user = 'ann') {
    const items: TemplateServices['items'] = [];
    let page: TemplateServices | undefined;
    do {
      page = await get<TemplateServices>(
        `/reports/template-services?templateRef=go&limit=2&${query}${
          page ? `&cursor=${page.nextCursor}` : ''
        }`,
        user,
      );
      items.push(...page.items);
    } while (page.nextCursor !== undefined);
    expect(items).toHaveLength(page.totalItems);
    const refs = items.map(({ entityRef }) => entityRef);
    expect(refs).toEqual([...new Set(refs)].sort());
    return { items, refs, newest: page.newest };
  }

  it('open onto the services that follow them', async () => {
    const path = '/reports/template?templateRef=go&weeks=1';
    for (const user of ['ann', 'bob']) {
      const { services, behind }: TemplateHealthDetails = await get(path, user);
      const { items, newest } = await followers('', user);
      expect([items.length, newest]).toEqual([services, 'v2']);
      expect((await followers('behind=true', user)).items).toHaveLength(behind);
    }
    const { refs } = await followers('version=v1');
    expect(refs).toEqual((await followers('')).refs);
    expect((await followers('behind=false')).refs).toEqual([]);
    expect((await followers('version=none')).refs).toEqual([]);
    // As they stood then
    expect(
      (await followers(`until=${addWeeks(LAST, -2)}&version=none`)).refs,
    ).not.toEqual([]);
    const ofCubs = await followers('owner=cubs');
    expect(ofCubs.items.map(({ ownerRef }) => ownerRef)).toEqual(
      ofCubs.refs.map(() => 'group:default/cubs'),
    );
    expect((await followers('owner=bears')).refs).toEqual(
      expect.arrayContaining(ofCubs.refs),
    );
  });

  it('are followed by verified services alone', async () => {
    const path = '/reports/template?templateRef=go&weeks=1';
    const before: TemplateHealthDetails = await get(path);
    const [claimed, ...others] = (await followers('')).refs;
    const [entityId] = await knex('entities')
      .where({ ref: claimed })
      .pluck('id');
    const stand = (verified: boolean) =>
      knex('path_weeks')
        .where({ week: LAST, entity_id: entityId })
        .update({ verified });
    await stand(false);
    expect((await followers('')).refs).toEqual(others);
    expect((await followers('behind=true')).refs).toEqual(others);
    expect(await get<TemplateHealthDetails>(path)).toMatchObject({
      services: before.services - 1,
      behind: before.behind - 1,
      versions: [{ version: 'v1', services: before.services - 1 }],
    });
    await stand(true);
  });

  it('say since when services have a version, and what was proposed', async () => {
    const { refs } = await followers('');
    const [since, proposed, running, old] = refs;
    const [entityId] = await knex('entities').where({ ref: since }).pluck('id');
    const held = (weeks: number, version: string) =>
      knex('path_weeks')
        .insert({
          week: addWeeks(LAST, -weeks),
          entity_id: entityId,
          template_ref: 'template:default/go',
          version,
          behind: false,
          verified: true,
          conformant: true,
          deviation: 'none',
        })
        .onConflict(['week', 'entity_id'])
        .merge();
    await held(4, 'v1');
    await held(3, 'v0');
    await held(2, 'v1');
    await held(1, 'v1');
    await knex('scaffolder_runs').insert([
      ...[
        ['u1', proposed, 'v2', 60],
        ['u2', old, 'v1', 50],
        ['u3', proposed, 'v2', 40],
      ].map(([taskId, ref, version, ago]) => ({
        ...run(String(taskId), 'completed', { ago, creates: false }),
        upgrades_ref: ref,
        upgrades_to: version,
        change_url: `https://git.example/${taskId}`,
      })),
      {
        ...run('u4', 'processing', { ago: 30, creates: false }),
        upgrades_ref: running,
        upgrades_to: null,
        change_url: null,
      },
    ]);
    const { items } = await followers('behind=true');
    const upgrades = items.map(({ entityRef, upgrade }) => [
      entityRef,
      upgrade,
    ]);
    expect(items[0]).toMatchObject({
      version: 'v1',
      behind: true,
      since: addWeeks(LAST, -2),
    });
    expect(upgrades.slice(0, 4)).toEqual([
      [since, undefined],
      [
        proposed,
        {
          state: 'proposed',
          at: new Date(NOW - 40 * MINUTE).toISOString(),
          url: 'https://git.example/u3',
        },
      ],
      [
        running,
        { state: 'running', at: new Date(NOW - 30 * MINUTE).toISOString() },
      ],
      // Of another version than the newest
      [old, undefined],
    ]);
    await knex('scaffolder_runs').where('task_id', 'like', 'u%').delete();
  });

  it.each([
    ['/reports/template-runs?templateRef=go&state=odd', 'state'],
    ['/reports/template-runs?templateRef=go&week=2026-11-17', 'week'],
    ['/reports/template-services', 'templateRef'],
    ['/reports/template-services?templateRef=go&behind=very', 'behind'],
    ['/reports/template-services?templateRef=go&version=', 'version'],
    ['/reports/template-services?templateRef=go&cursor=WzFd', 'cursor'],
    ['/reports/template', 'templateRef'],
    ['/reports/template?templateRef=component:go', 'templateRef'],
    ['/reports/templates?owner=bears', 'owner'],
    ['/reports/first-steps?state=slow', 'state'],
    ['/reports/first-steps?step=coffee', 'step'],
    ['/reports/first-steps?cursor=WzFd', 'cursor'],
  ])('refuse %s', async (path, message) => {
    const answer = await reports.get(path);
    expect(answer.status).toBe(400);
    expect(answer.message).toContain(message);
  });
});
