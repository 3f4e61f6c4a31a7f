import { percentile, summarize } from '../../lib/statistics.mjs';
import { ask, load } from './load.mjs';
import {
  CHANGED,
  PUSHED,
  SCORECARD_REFS,
  outcomesOf,
  service,
  serviceRef,
} from './organization.mjs';

/**
 * What is measured, as rows of the table of costs: `title`, `target` and what was
 * `measured` in words, whether it is `met`, a `note`. Targets are those for 10,000
 * services; with fewer, the figures stand beside them for comparison.
 */

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const megabytes = bytes => `${Math.round(bytes / 1e6)} MB`;
const inSeconds = ms => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
const inMilliseconds = ms => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;

/** Asks for one thing again and again, each connection one after another. */
const once = asked => number => number === 0 ? asked : undefined;

export const entityUrl = (situation, index) =>
  `${situation.api}/entities/${serviceRef(index).replace(':', '/')}`;

/** How the first scorecard judges a service by a rule. */
async function outcome(situation, index, ruleId) {
  const { scorecards } = await ask({
    url: entityUrl(situation, index),
    token: situation.platform,
  });
  const { rules } = scorecards.find(
    ({ scorecardRef }) => scorecardRef === SCORECARD_REFS[0],
  );
  return rules.find(rule => rule.ruleId === ruleId).outcome;
}

/** Everything is turned round, and back: the worse of both counts. */
export async function everythingChanges(situation) {
  const rounds = [await turnRound(situation), await turnRound(situation)];
  const worst = key => Math.max(...rounds.map(round => round[key]));
  const all = rounds.map(round => inSeconds(round.ms)).join(' and ');
  return {
    ms: worst('ms'),
    rows: [
      {
        title: `${outcomesOf(situation.services)} outcomes, everything changed`,
        target: '≤ 25 s',
        measured: inSeconds(worst('ms')),
        met: worst('ms') <= 25_000,
        note: `${all}, each with as many transitions; ${inSeconds(
          worst('cpu'),
        )} of CPU in the backend`,
      },
      {
        title: 'memory meanwhile, at most',
        target: '≤ 700 MB',
        measured: megabytes(worst('peak')),
        met: worst('peak') <= 700e6,
        note: `${megabytes(rounds[0].rest)} at rest before`,
      },
      {
        title: 'event loop stalled, at most',
        target: '',
        measured: inMilliseconds(worst('stall')),
        met: true,
      },
    ],
  };
}

async function turnRound(situation) {
  const { backend, database, services } = situation;
  const transitions = async () => {
    const [{ rows }] = await database.query(
      'SELECT count(*) AS rows FROM outcome_transitions',
    );
    return Number(rows);
  };
  const before = await transitions();
  await situation.told();
  await database.settle();
  await backend.ask('watch');
  backend.forgetPeak();
  const rest = backend.peakMemory();
  await database.turnRound();
  const ms = await situation.evaluated();
  const { stall, cpu } = await backend.ask('watched');
  const peak = backend.peakMemory();
  await situation.told();
  const changed = (await transitions()) - before;
  if (changed !== outcomesOf(services)) {
    throw new Error(
      `${changed} outcomes changed instead of ${outcomesOf(services)}`,
    );
  }
  return { ms, stall, cpu, peak, rest };
}

/** What Backstage and the plugin remember of their own work. */
const HOUSEKEEPING = /^(backstage_backend_|progress$|knex_|sqlite_)/;

export async function nothingChanges(situation, passes) {
  const { database, backend } = situation;
  await situation.told();
  await situation.fullPass();
  const count = await database.startCounting();
  await backend.ask('watch');
  const times = [];
  for (let pass = 0; pass < passes; pass++) {
    times.push(await situation.fullPass());
  }
  const { stall } = await backend.ask('watched');
  const written = (await count()).filter(
    ({ table, rows }) => rows > 0 && !HOUSEKEEPING.test(table),
  );
  const rows = written.reduce((sum, row) => sum + Number(row.rows), 0);
  const where = written.map(row => `; ${row.table} ${row.rows}`).join('');
  const { p50: ms, max } = summarize(times);
  return [
    {
      title: 'the same, nothing changed',
      target: '≤ 5 s, 0 rows',
      measured: `${inSeconds(ms)}, ${rows} rows`,
      met: rows === 0 && ms <= 5000,
      note: `${passes} full passes, the longest ${inSeconds(
        max,
      )}, stall ${inMilliseconds(stall)}${where}`,
    },
    {
      title: 'rows per unchanged day, a pass each hour',
      target: '0 rows',
      measured: `${Math.round((rows / passes) * 24)} rows`,
      met: rows === 0,
    },
  ];
}

const observed = (index, value, fact = PUSHED.fact) => ({
  entityRef: serviceRef(index),
  name: fact,
  value,
  observedAt: new Date().toISOString(),
  source: 'https://ci.example/bench',
});

export async function pushing(situation) {
  const { backend, batches, evaluatedAfter, services } = situation;
  await backend.ask('watch');
  const end = performance.now() + 5000;
  const singles = await load({
    connections: 10,
    next: number =>
      performance.now() < end
        ? situation.push([observed(number % services, 50 + (number % 50))])
        : undefined,
  });
  const { cpu } = await backend.ask('watched');
  const perSecond = singles.times.length / singles.seconds;
  const p95 = inMilliseconds(percentile(singles.times, 95));
  const each = inMilliseconds(cpu / singles.times.length);
  await situation.evaluated();
  return [
    {
      title: 'facts pushed in batches of 500',
      target: '≥ 5,000 facts/s',
      measured: `${Math.round(batches.perSecond)} facts/s`,
      met: batches.perSecond >= 5000,
      note: `the first ${
        batches.facts
      }, by 4 connections; evaluated ${inSeconds(
        evaluatedAfter,
      )} after the first`,
    },
    {
      title: 'facts pushed one by one',
      target: '≥ 300 requests/s',
      measured: `${Math.round(perSecond)} requests/s`,
      met: perSecond >= 300,
      note: `by 10 connections, p95 ${p95}; ${each} of CPU in the backend each, evaluation included`,
    },
  ];
}

export async function pushToReadable(situation, runs) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const index = (run * 37) % situation.services;
    const before = await outcome(situation, index, PUSHED.ruleId);
    const started = performance.now();
    const fact = observed(index, before === 'pass' ? 5 : 95);
    await load({ connections: 1, next: once(situation.push([fact])) });
    await situation.until(
      'a pushed fact shows',
      async () => (await outcome(situation, index, PUSHED.ruleId)) !== before,
      20,
    );
    times.push(performance.now() - started);
  }
  return latency('pushed fact → new outcome readable', times, 2);
}

export async function catalogChangeToReadable(situation, runs) {
  const indexes = Array.from({ length: runs }, (_, run) => 1 + run * 7);
  const changing = indexes.map(async (index, run) => {
    // Spread over the time between two looks at the catalog
    await sleep(run * 1300);
    const before = await outcome(situation, index, CHANGED.ruleId);
    const started = performance.now();
    await situation.backend.ask('change', {
      added: [service(index, { lifecycle: 'experimental' })],
    });
    await situation.until(
      'a change of the catalog shows',
      async () => (await outcome(situation, index, CHANGED.ruleId)) !== before,
      100,
    );
    return performance.now() - started;
  });
  const times = await Promise.all(changing);
  return latency('catalog change → new outcome readable', times, 30);
}

function latency(title, times, limit) {
  const { p50, p95, max, count } = summarize(times);
  return [
    {
      title,
      target: `p95 ≤ ${limit} s`,
      measured: inSeconds(p95),
      met: p95 <= limit * 1000,
      note: `p50 ${inSeconds(p50)}, max ${inSeconds(max)}, n ${count}`,
    },
  ];
}

/** One entity with all its scorecards, rules and evidence. */
export async function entityRoute(situation) {
  const { services } = situation;
  const [reader, ...others] = await situation.readers();
  await situation.backend.ask('watch');
  const end = performance.now() + 10_000;
  const warm = await load({
    connections: 10,
    next: number =>
      performance.now() < end
        ? { url: entityUrl(situation, (number * 13) % services), token: reader }
        : undefined,
  });
  const { cpu } = await situation.backend.ask('watched');
  // Somebody whose rights nobody has asked for yet
  const cold = await load({
    connections: 1,
    next: number =>
      number < others.length
        ? {
            url: entityUrl(situation, (number * 17) % services),
            token: others[number],
          }
        : undefined,
  });
  const perSecond = warm.times.length / warm.seconds;
  const warmP95 = percentile(warm.times, 95);
  const coldP95 = percentile(cold.times, 95);
  const kilobytes = Math.round(Buffer.byteLength(warm.last) / 1000);
  return [
    {
      title: 'scorecards of an entity, 100 rules, warm',
      target: '≥ 400 requests/s, p95 ≤ 30 ms',
      measured: `${Math.round(perSecond)} requests/s, ${inMilliseconds(
        warmP95,
      )}`,
      met: perSecond >= 400 && warmP95 <= 30,
      note: `by 10 connections, ${kilobytes} kB and ${inMilliseconds(
        cpu / warm.times.length,
      )} of CPU in the backend each`,
    },
    {
      title: 'the same, cold',
      target: 'p95 ≤ 80 ms',
      measured: inMilliseconds(coldP95),
      met: coldP95 <= 80,
      note: `p50 ${inMilliseconds(percentile(cold.times, 50))}, n ${
        cold.times.length
      }`,
    },
  ];
}
