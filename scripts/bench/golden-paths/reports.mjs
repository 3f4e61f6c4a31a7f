import { percentile } from '../../lib/statistics.mjs';
import { load } from '../scorecards/load.mjs';
import { describePlan } from '../scorecards/plans.mjs';
import { serviceRef } from './history.mjs';

const entity = serviceRef(5).replace(':', '/');

/** Every route that a page asks. */
const routes = {
  '/metrics': 'metrics',
  '/reports/summary': 'reports/summary',
  '/reports/summary?weeks=52': 'reports/summary?weeks=52',
  '…?owner= of a squad': 'reports/summary?owner=group:default/squad-7',
  '…?owner= of a department':
    'reports/summary?owner=group:default/department-3',
  '…?domain=': 'reports/summary?domain=domain-3',
  '/reports/squads': 'reports/squads',
  '/reports/rows deployment-frequency':
    'reports/rows?metric=deployment-frequency',
  '/reports/rows change-lead-time': 'reports/rows?metric=change-lead-time',
  '/reports/rows change-fail-rate': 'reports/rows?metric=change-fail-rate',
  '/reports/rows time-to-first-deployment':
    'reports/rows?metric=time-to-first-deployment',
  '/reports/rows support-load': 'reports/rows?metric=support-load',
  '/reports/first-steps': 'reports/first-steps',
  '/reports/templates': 'reports/templates',
  '/deviations': 'deviations',
  '/entities/…/delivery': `entities/${entity}/delivery`,
  '/events?entityRef=': `events?entityRef=${serviceRef(5)}`,
  '/events': 'events',
};

/** Those that grow. */
const TABLES =
  /\b(entities|entity_search|events|deployments|changes|incidents|tickets|pipeline_runs|environments|first_steps|rollups|group_rollups|path_weeks|provenance)\b/;

/** What the plugin looks for all the time, whoever asks for what. */
const BACKGROUND = /"due"|"due_at"|"derivation"|scaffolder_runs|for update/;

const LIMIT_MS = 200;

/** The routes that there are: others are not asked. */
async function existing(situation) {
  const found = [];
  for (const [title, route] of Object.entries(routes)) {
    const response = await fetch(`${situation.api}/${route}`, {
      headers: { authorization: `Bearer ${situation.platform}` },
    });
    await response.text();
    if (response.status === 404) {
      continue;
    }
    if (!response.ok) {
      throw new Error(`${route} answers ${response.status}`);
    }
    found.push([title, route]);
  }
  return found;
}

/**
 * Each route, for somebody whose view is a condition, and for somebody who sees only
 * what they own, which is almost everything.
 */
export async function dashboards(situation, runs) {
  const reader = await situation.reader();
  const owner = await situation.ownerOfMost();
  const rows = [];
  for (const [title, route] of await existing(situation)) {
    const times = {};
    let kilobytes = 0;
    for (const [who, token] of Object.entries({ reader, owner })) {
      const answers = await load({
        connections: 1,
        next: number =>
          number < runs
            ? { url: `${situation.api}/${route}`, token }
            : undefined,
      });
      times[who] = answers.times;
      kilobytes = Math.max(kilobytes, Buffer.byteLength(answers.last) / 1000);
    }
    const say = who =>
      `p50 ${percentile(times[who], 50).toFixed(0)}, p95 ${percentile(
        times[who],
        95,
      ).toFixed(0)}`;
    const worst = Math.max(
      percentile(times.reader, 95),
      percentile(times.owner, 95),
    );
    rows.push({
      title,
      target: `p95 ≤ ${LIMIT_MS} ms`,
      measured: `${worst.toFixed(0)} ms, ${kilobytes.toFixed(0)} KB`,
      met: worst <= LIMIT_MS,
      note: `reader ${say('reader')}; owner of most ${say('owner')}`,
    });
  }
  return rows;
}

/** What the database does for each route, as lines of text. */
export async function plansOfDashboards(situation) {
  const { backend, database } = situation;
  const token = await situation.reader();
  const lines = [];
  for (const [title, route] of await existing(situation)) {
    const once = async () =>
      load({
        connections: 1,
        next: number =>
          number === 0
            ? { url: `${situation.api}/${route}`, token }
            : undefined,
      });
    await once();
    await backend.ask('listen');
    await once();
    const queries = (await backend.ask('heard')).filter(
      ({ sql }) =>
        /^\s*(select|with)\b/i.test(sql) &&
        TABLES.test(sql) &&
        !BACKGROUND.test(sql),
    );
    lines.push(title);
    const seen = new Map();
    for (const query of queries) {
      const plan = await database.explain(query);
      const how = describePlan(plan);
      const { count = 0, ms = 0 } = seen.get(how) ?? {};
      seen.set(how, { count: count + 1, ms: Math.max(ms, plan.ms) });
    }
    for (const [how, { count, ms }] of seen) {
      const times = count > 1 ? `, ${count} times` : '';
      lines.push(`  ${ms.toFixed(1)} ms${times} ${how}`);
    }
  }
  return lines;
}
