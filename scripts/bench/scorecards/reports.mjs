import { percentile } from '../../lib/statistics.mjs';
import { load } from './load.mjs';
import { describePlan } from './plans.mjs';
import { serviceRef } from './organization.mjs';

const scorecard = 'scorecards/default/scorecard-0';

const daysAgo = days =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Everything that reads over many outcomes. */
const routes = {
  '/scorecards': 'scorecards',
  '/scorecards/:namespace/:name': scorecard,
  '…/results': `${scorecard}/results?limit=50`,
  '…/results?level=': `${scorecard}/results?level=gold&limit=50`,
  '…/results?rule=&outcome=': `${scorecard}/results?rule=rule-0&outcome=pass&limit=50`,
  '…/results?owner=': `${scorecard}/results?owner=group:default/squad-7&limit=50`,
  '…/results?search=': `${scorecard}/results?search=service-12&limit=50`,
  '…/results?tag=': `${scorecard}/results?tag=tier-1&limit=50`,
  '…/results?domain=': `${scorecard}/results?domain=domain-3&limit=50`,
  '…/results?asOf=': () =>
    `${scorecard}/results?limit=50&asOf=${encodeURIComponent(
      new Date().toISOString(),
    )}`,
  '…/export.csv': `${scorecard}/export.csv`,
  '/reports/levels': 'reports/levels',
  '/reports/levels?domain=': 'reports/levels?domain=domain-3',
  '/reports/trend': 'reports/trend',
  '/reports/trend?from= (400 days)': () => `reports/trend?from=${daysAgo(399)}`,
  '/reports/rules': 'reports/rules',
  '/reports/heatmap?by=group': 'reports/heatmap?by=group',
  '/reports/heatmap?by=system': 'reports/heatmap?by=system',
  '/reports/heatmap?by=domain': 'reports/heatmap?by=domain',
  '/reports/breakdown?by=group': 'reports/breakdown?by=group',
  '/reports/breakdown?by=domain': 'reports/breakdown?by=domain',
  '/reports/movers': 'reports/movers?scorecard=scorecard-0',
  '/reports/next-steps of a squad':
    'reports/next-steps?owner=group:default/squad-7',
  '/reports/next-steps of a department':
    'reports/next-steps?owner=group:default/department-3',
  '/exemptions?expiresBefore=&sort=expiresAt':
    'exemptions?state=approved&expiresBefore=2099-01-01&sort=expiresAt',
  '/badges/…svg': `badges/${serviceRef(5).replace(':', '/')}/scorecard-0.svg`,
};

/** No page: all rows of a scorecard, as long as a download takes. */
const DOWNLOAD = '…/export.csv';

/** Those that grow; small ones are read whole, and rightly so. */
const TABLES =
  /\b(subjects|subject_search|facts|fact_revisions|outcomes|outcome_transitions|standings|standing_transitions|level_rollups)\b/;

/** What the plugin looks for all the time, whoever asks for what. */
const BACKGROUND = /\b(due_at|notified_at)\b/;

const limitMs = 200;
/** Of one answer, as JSON before it is compressed. */
const limitKb = 200;

const urlOf = (situation, route) =>
  `${situation.api}/${typeof route === 'function' ? route() : route}`;

/**
 * Each report, for somebody whose view is a condition, and for somebody who sees only
 * what they own, which is almost everything.
 */
export async function reports(situation, runs) {
  const [reader] = await situation.readers();
  const owner = await situation.ownerOfMost();
  const rows = [];
  for (const [title, route] of Object.entries(routes)) {
    const times = {};
    let kilobytes = 0;
    for (const [who, token] of Object.entries({ reader, owner })) {
      const answers = await load({
        connections: 1,
        next: number =>
          number < (title === DOWNLOAD ? 5 : runs)
            ? { url: urlOf(situation, route), token }
            : undefined,
      });
      times[who] = answers.times;
      kilobytes = Math.max(kilobytes, Buffer.byteLength(answers.last) / 1000);
    }
    const p95 = who => percentile(times[who], 95);
    const p50 = who => percentile(times[who], 50);
    const worst = Math.max(p95('reader'), p95('owner'));
    rows.push({
      title,
      target: title === DOWNLOAD ? '' : `p95 ≤ ${limitMs} ms, ≤ ${limitKb} KB`,
      measured: `${worst.toFixed(0)} ms, ${kilobytes.toFixed(0)} KB`,
      met: title === DOWNLOAD || (worst <= limitMs && kilobytes <= limitKb),
      note: `reader p50 ${p50('reader').toFixed(0)}, p95 ${p95(
        'reader',
      ).toFixed(0)}; owner of most p50 ${p50('owner').toFixed(0)}, p95 ${p95(
        'owner',
      ).toFixed(0)}`,
    });
  }
  return rows;
}

/** What the database does for each report, as lines of text. */
export async function plansOfReports(situation) {
  const { backend, database } = situation;
  const owner = await situation.ownerOfMost();
  const lines = [];
  for (const [title, route] of Object.entries(routes)) {
    const asked = { url: urlOf(situation, route), token: owner };
    await load({
      connections: 1,
      next: number => (number === 0 ? asked : undefined),
    });
    await backend.ask('listen');
    await load({
      connections: 1,
      next: number => (number === 0 ? asked : undefined),
    });
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
      const [, from] = query.sql.match(/from\s+[`"]?(\w+)/i);
      const how = `${from}: ${describePlan(plan)}`;
      const { count = 0, ms } = seen.get(how) ?? {};
      const slowest = Math.max(ms ?? 0, plan.ms ?? 0);
      seen.set(how, { count: count + 1, ms: slowest });
    }
    for (const [how, { count, ms }] of seen) {
      const took = ms ? `${ms.toFixed(1)} ms` : '';
      lines.push(
        `  ${took.padStart(9)} ${count > 1 ? `${count} × ` : ''}${how}`,
      );
    }
  }
  return lines;
}
