import {
  METRICS,
  MetricReport,
  MetricRow,
  MetricRows,
  MetricValue,
  SquadsReport,
  SummaryReport,
} from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { addWeeks, Weeks } from '../calendar/Weeks';
import {
  randomDelivery,
  TestEntity,
  TIME_ZONE,
} from './__testUtils__/randomDelivery';
import { startReports } from './__testUtils__/startReports';

jest.setTimeout(120_000);

const NOW = Date.parse('2026-11-22T16:00:00Z');
const LAST = Weeks.of(TIME_ZONE).weekOf(NOW);
const CONFIG = {
  timeZone: TIME_ZONE,
  environments: { production: ['production', 'prod-*'], staging: ['staging'] },
  reports: {
    baseline: { from: addWeeks(LAST, -11), to: addWeeks(LAST, -9) },
    targets: { 'change-fail-rate': 0.15, 'change-lead-time': 'P1D' },
  },
};

const SCOPES: Record<string, (entity: TestEntity) => boolean> = {
  '': () => true,
  'owner=bears': ({ entity }) =>
    ['group:default/bears', 'group:default/cubs'].includes(
      String(entity.spec?.owner),
    ),
  'owner=group:default/owls': ({ entity }) =>
    entity.spec?.owner === 'group:default/owls',
  'owner=none': ({ entity }) => !String(entity.spec?.owner).startsWith('group'),
  'owner=bears&direct=true': ({ entity }) =>
    entity.spec?.owner === 'group:default/bears',
  'system=zoo': ({ entity }) => entity.spec?.system === 'system:default/zoo',
  'domain=animals': ({ entity }) =>
    entity.spec?.system === 'system:default/zoo',
  'domain=none': ({ entity }) => entity.spec?.system !== 'system:default/zoo',
  'template=go&owner=bears': each =>
    SCOPES['owner=bears'](each) &&
    each.entity.metadata.annotations !== undefined,
};

/** Who asks, and of which weeks. */
const READERS = [
  ['ann', 'weeks=12'],
  ['bob', `weeks=4&until=${addWeeks(LAST, -3)}`],
];

const isShare = ({ denominator }: MetricValue) => denominator !== undefined;

describe.each(databases.eachSupportedId())('reports on %s', id => {
  let knex: Knex;
  let reports: Awaited<ReturnType<typeof startReports>>;
  let entities: TestEntity[];

  beforeAll(async () => {
    knex = await initDatabase(id);
    entities = await randomDelivery({ knex, seed: 6, now: NOW });
    reports = await startReports({ knex, now: NOW, config: CONFIG });
  });
  afterAll(() => reports?.stop());

  const get = async <T>(path: string, user?: string): Promise<T> => {
    const { status, body, text } = await reports.get(path, user);
    expect([status, text.slice(0, 200)]).toEqual([200, text.slice(0, 200)]);
    expect(text.length).toBeLessThan(200_000);
    return body;
  };
  const servicesOf = (scope: string, user: string) =>
    entities.filter(
      each =>
        each.entity.kind === 'Component' &&
        ['service', 'website', 'worker'].includes(
          String(each.entity.spec?.type),
        ) &&
        each.entity.spec?.lifecycle !== 'deprecated' &&
        (user !== 'bob' || !each.entity.metadata.labels) &&
        SCOPES[scope](each),
    );

  /** As a list says, and as one finds going through all of its pages. */
  async function countRows(query: string, user: string) {
    const found: MetricRow[] = [];
    let total = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: MetricRows = await get(
        `/reports/rows?${query}&limit=37${cursor && `&cursor=${cursor}`}`,
        user,
      );
      total = page.totalItems;
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    expect([query, found.length]).toEqual([query, total]);
    expect(new Set(found.map(row => JSON.stringify(row))).size).toBe(total);
    const times = found.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    return found;
  }

  async function expectRows(
    value: MetricValue & { id?: string },
    query: string,
    user: string,
  ) {
    const rows = await countRows(query, user);
    expect([query, rows.length]).toEqual([query, value.count]);
    if (isShare(value)) {
      expect(rows.filter(({ counted }) => counted)).toHaveLength(
        value.numerator ?? NaN,
      );
      const numerator = await get<MetricRows>(
        `/reports/rows?${query}&counted=true&limit=1`,
        user,
      );
      expect(numerator.totalItems).toBe(value.numerator);
    }
    const durations = rows
      .flatMap(row => (row.value === undefined ? [] : [row.value]))
      .sort((a, b) => a - b);
    if (value.censored !== undefined) {
      expect(durations).toHaveLength(value.count - value.censored);
    } else if (durations.length > 0) {
      const exact = query.includes('time-to-environment')
        ? durations.reduce((a, b) => a + b, 0) / durations.length
        : durations[Math.ceil(durations.length / 2) - 1];
      expect(Math.abs((value.value ?? NaN) - exact)).toBeLessThanOrEqual(
        exact * 0.01 + 1,
      );
    }
  }

  describe.each(Object.keys(SCOPES))('of "%s"', scope => {
    it.each(READERS)('say to %s what rows say, %s', async (user, period) => {
      const query = `${period}&${scope}`;
      const summary: SummaryReport = await get(
        `/reports/summary?${query}`,
        user,
      );
      expect(summary.metrics.map(metric => metric.id)).toEqual(
        METRICS.map(metric => metric.id),
      );
      for (const metric of summary.metrics) {
        const rows = `metric=${metric.id}&${query}`;
        await expectRows(metric, rows, user);
        for (const part of metric.parts ?? []) {
          await expectRows(part, `${rows}&part=${part.id}`, user);
        }
        if (metric.claimed !== undefined) {
          const claimed = { count: metric.claimed };
          await expectRows(claimed, `${rows}&part=claimed`, user);
        }
      }
      // About those that follow a path, and nobody else
      const deviations = summary.metrics.find(
        metric => metric.id === 'deviation-rate',
      );
      const onPath = deviations?.denominator ?? 0;
      expect(deviations?.coverage).toEqual({
        withData: onPath,
        inScope: onPath,
      });
    });
  });

  it('name the week and the golden path of what is counted once a week', async () => {
    const { items }: MetricRows = await get(
      '/reports/rows?metric=deviation-rate&counted=true&weeks=4',
    );
    expect(items.length).toBeGreaterThan(0);
    for (const { week, label } of items) {
      expect(week).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(label).toMatch(
        /^[a-z-]+ · (justified|unjustified|expired) deviation$/,
      );
    }
  });

  it('say of every week what the rows say', async () => {
    const summary: SummaryReport = await get('/reports/summary?weeks=12');
    for (const { id: metric, trend } of summary.metrics) {
      expect(trend).toHaveLength(12);
      for (const point of trend) {
        const query = `metric=${metric}&weeks=12&week=${point.week}`;
        await expectRows(point, query, 'ann');
      }
    }
  });

  it('say of one entity what its rows say', async () => {
    for (const { ref } of servicesOf('', 'ann').slice(0, 3)) {
      const path = `/entities/${ref.replace(':', '/')}/delivery?weeks=12`;
      const { metrics }: { metrics: MetricReport[] } = await get(path);
      expect(metrics).toHaveLength(METRICS.length);
      for (const metric of metrics) {
        const query = `metric=${metric.id}&weeks=12&entityRef=${ref}`;
        await expectRows(metric, query, 'ann');
      }
    }
  });

  it.each(['ann', 'bob'])('say to %s what events say', async user => {
    const weeks = Weeks.of(TIME_ZONE);
    for (const scope of Object.keys(SCOPES)) {
      const services = servicesOf(scope, user);
      const { metrics }: SummaryReport = await get(
        `/reports/summary?weeks=8&${scope}`,
        user,
      );
      const of = (wanted: string) =>
        metrics.find(metric => metric.id === wanted)!;
      const within = (at: number | undefined) =>
        at !== undefined && weeks.weekOf(at) >= addWeeks(LAST, -7);
      const deployments = services.flatMap(({ derived }) =>
        derived.deployments.filter(
          each =>
            each.tier === 'production' &&
            each.kind !== 'removed' &&
            within(each.deployedAt),
        ),
      );
      const observed = deployments.filter(each => each.observed);
      expect(of('deployment-frequency')).toMatchObject({
        count: observed.length,
        claimed: deployments.length - observed.length,
        coverage: {
          inScope: services.length,
          withData: services.filter(({ derived }) =>
            derived.deployments.some(each => observed.includes(each)),
          ).length,
        },
      });
      expect(of('change-fail-rate')).toMatchObject({
        numerator: observed.filter(each => each.failedAt !== undefined).length,
        denominator: observed.length,
      });
      expect(of('change-lead-time').count).toBe(
        services
          .flatMap(({ derived }) => derived.changes)
          .filter(({ deployedAt }) => within(deployedAt)).length,
      );
    }
  });

  it('count tickets of squads, unless it is about services alone', async () => {
    const load = async (query: string, user = 'ann') => {
      const { metrics }: SummaryReport = await get(
        `/reports/summary?weeks=12&${query}`,
        user,
      );
      return metrics.find(({ id: metric }) => metric === 'support-load')!.count;
    };
    const ticketsOf = (found: TestEntity[]) =>
      found.flatMap(({ derived }) => derived.tickets).length;
    const squads = entities.filter(({ entity }) => entity.kind === 'Group');
    expect(ticketsOf(squads)).toBeGreaterThan(20);
    expect(await load('')).toBe(
      ticketsOf([...servicesOf('', 'ann'), ...squads]),
    );
    expect(await load('', 'bob')).toBe(
      ticketsOf([...servicesOf('', 'bob'), ...squads.slice(0, 2)]),
    );
    expect(await load('owner=bears')).toBe(
      ticketsOf([...servicesOf('owner=bears', 'ann'), ...squads.slice(0, 2)]),
    );
    expect(await load('owner=none')).toBe(
      ticketsOf(servicesOf('owner=none', 'ann')),
    );
    expect(await load('system=zoo')).toBe(
      ticketsOf(servicesOf('system=zoo', 'ann')),
    );
  });

  it('say of each squad what its own summary says', async () => {
    const items: SquadsReport['items'] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: SquadsReport = await get(
        `/reports/squads?weeks=12&limit=1${cursor && `&cursor=${cursor}`}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(items.map(({ ownerRef }) => ownerRef)).toEqual([
      'group:default/bears',
      'group:default/cubs',
      'group:default/owls',
      undefined,
    ]);
    for (const { ownerRef, services, metrics } of items) {
      const scope = ownerRef ? `owner=${ownerRef}&direct=true` : 'owner=none';
      const summary: SummaryReport = await get(
        `/reports/summary?weeks=12&${scope}`,
      );
      for (const { id: metric, coverage, ...all } of summary.metrics) {
        const { value, p90, count, numerator, denominator, censored } = all;
        const expected = { p90, count, numerator, denominator, censored };
        expect({ metric, ...metrics[metric] }).toMatchObject(
          JSON.parse(JSON.stringify({ metric, coverage, value, ...expected })),
        );
      }
      expect(services).toBe(summary.metrics[1].coverage.inScope);
    }
  });

  it('compare with the configuration, the baseline and the weeks before', async () => {
    const query = 'weeks=3';
    const { metrics, ...report }: SummaryReport = await get(
      `/reports/summary?${query}`,
    );
    expect(report).toEqual({
      from: addWeeks(LAST, -2),
      to: expect.any(String),
      timeZone: TIME_ZONE,
      sample: true,
    });
    const before: SummaryReport = await get(
      `/reports/summary?${query}&until=${addWeeks(LAST, -3)}`,
    );
    const baseline: SummaryReport = await get(
      `/reports/summary?${query}&until=${addWeeks(LAST, -9)}`,
    );
    for (const [index, metric] of metrics.entries()) {
      expect(metric.previous?.count).toBe(before.metrics[index].count);
      expect(metric.previous?.value).toBe(before.metrics[index].value);
      expect(metric.baseline?.count).toBe(baseline.metrics[index].count);
      expect(metric.baseline?.value).toBe(baseline.metrics[index].value);
    }
    const failed = metrics.find(({ id: each }) => each === 'change-fail-rate')!;
    expect(failed.target).toEqual({ value: 0.15, from: 'config' });
    expect(failed.met).toBe(failed.value! <= 0.15);
    const often = metrics.find(({ id: m }) => m === 'deployment-frequency')!;
    expect(often.target).toEqual({
      value: often.baseline!.value,
      from: 'baseline',
    });
    expect(often.met).toBe(often.value! >= often.baseline!.value!);
  });

  it('say nothing of nothing', async () => {
    const { metrics, sample }: SummaryReport = await get(
      '/reports/summary?owner=nobody',
    );
    expect(sample).toBe(false);
    for (const metric of metrics) {
      expect(metric).toMatchObject({
        count: 0,
        coverage: { withData: 0, inScope: 0 },
      });
      expect(metric.value).toBeUndefined();
      expect(metric.met).toBeUndefined();
    }
    expect(
      (await get<SquadsReport>('/reports/squads?owner=nobody')).items,
    ).toEqual([]);
    expect(await get('/reports/rows?metric=adoption&owner=nobody')).toEqual({
      items: [],
      totalItems: 0,
    });
  });

  it('are files for spreadsheets', async () => {
    const rows = await reports.get(
      '/reports/rows.csv?metric=support-load&weeks=12&owner=bears',
    );
    const list: MetricRows = await get(
      '/reports/rows?metric=support-load&weeks=12&owner=bears&limit=1',
    );
    expect(rows.headers.get('content-disposition')).toBe(
      `attachment; filename="support-load-${addWeeks(LAST, -11)}-${LAST}.csv"`,
    );
    const lines = rows.text.trim().split('\r\n');
    expect(lines).toHaveLength(list.totalItems + 1);
    expect(rows.text).toContain(`,'=Bears,`);
    expect(rows.text).not.toContain('ftp:');

    const summary = await reports.get('/reports/summary.csv?weeks=12');
    expect(summary.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(summary.text).toContain(
      `\r\nchange-fail-rate,Change fail rate,share,${LAST},`,
    );
  });

  it('are for those who may read them', async () => {
    for (const path of [
      '/metrics',
      '/reports/summary',
      '/reports/summary.csv',
      '/reports/squads',
      '/reports/rows?metric=adoption',
      '/reports/rows.csv?metric=adoption',
      '/entities/component/default/svc-1/delivery',
    ]) {
      expect([path, (await reports.get(path, 'eve')).status]).toEqual([
        path,
        403,
      ]);
    }
    const secret = entities.find(
      ({ ref, entity }) =>
        ref.startsWith('component') && entity.metadata.labels,
    )!;
    for (const path of [
      `/entities/${secret.ref.replace(':', '/')}/delivery`,
      `/reports/rows?metric=adoption&entityRef=${secret.ref}`,
    ]) {
      expect((await reports.get(path, 'ann')).status).toBe(200);
      expect((await reports.get(path, 'bob')).status).toBe(404);
    }
  });

  it.each([
    ['/reports/summary?weeks=0', 'weeks'],
    ['/reports/summary?weeks=105', 'weeks'],
    ['/reports/summary?weeks=1e1', 'weeks'],
    ['/reports/summary?until=2026-11-17', 'until: has to be the date of a Mon'],
    ['/reports/summary?until=2027-01-04', 'until: has to be in the past'],
    ['/reports/summary?until=yesterday', 'until: has to be the date of a Mon'],
    [`/reports/summary?owner=${'x'.repeat(10_000)}`, 'owner'],
    [`/reports/summary?owner=a&owner=b`, 'owner'],
    [`/reports/summary?owner=group:a:b/c/d`, 'owner'],
    [`/reports/summary?system=${encodeURIComponent("x' or 1=1")}`, 'system'],
    ['/reports/summary?domain=%00', 'domain'],
    ['/reports/summary?template=component:x', 'template'],
    ['/reports/summary?sort=up', 'sort'],
    ['/reports/squads?limit=0', 'limit'],
    ['/reports/squads?cursor=nonsense', 'cursor'],
    ['/reports/rows', 'metric: Invalid option'],
    ['/reports/rows?metric=velocity', 'metric'],
    ['/reports/rows?metric=adoption&part=some', 'part: adoption has no parts'],
    ['/reports/rows?metric=deviation-rate&part=x', 'part: deviation-rate has'],
    ['/reports/rows?metric=adoption&part=constructor', 'part'],
    ['/reports/rows?metric=support-load&part=%00', 'part'],
    ['/reports/rows.csv?metric=support-load&part=%00', 'part'],
    ['/reports/rows?metric=adoption&counted=maybe', 'counted'],
    [
      '/reports/rows?metric=adoption&weeks=2&week=2026-01-05',
      'week: has to be',
    ],
    ['/reports/rows?metric=adoption&week=2026-01-06', 'week: has to be'],
    ['/reports/rows?metric=adoption&entityRef=x', 'entityRef'],
    ['/entities/component/default/svc-1/delivery?weeks=x', 'weeks'],
  ])('refuse %#', async (path, message) => {
    const answer = await reports.get(path);
    expect(answer.status).toBe(400);
    expect(answer.message).toContain(message);
    expect(answer.message!.length).toBeLessThan(1_000);
  });

  it('refuse the cursor of another list', async () => {
    const list = '/reports/rows?metric=support-load&weeks=12&limit=1';
    const { nextCursor }: MetricRows = await get(list);
    const next = `&cursor=${nextCursor}`;
    expect((await reports.get(`${list}${next}`)).status).toBe(200);
    for (const other of [
      `/reports/rows?metric=change-fail-rate&weeks=12${next}`,
      `/reports/rows?metric=support-load&weeks=11${next}`,
      `/reports/squads?weeks=12${next}`,
    ]) {
      const answer = await reports.get(other);
      expect(answer.status).toBe(400);
      expect(answer.message).toBe('cursor: is not one of this list');
    }
  });
});
