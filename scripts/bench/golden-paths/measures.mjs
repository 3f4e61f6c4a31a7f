import { isDeepStrictEqual } from 'node:util';
import { percentile, summarize } from '../../lib/statistics.mjs';
import { load } from '../scorecards/load.mjs';
import { DERIVED } from './Situation.mjs';
import { cloudEvent, delivery, serviceRef } from './history.mjs';

/**
 * What is measured, as rows of the table of costs: `title`, `target` and what was
 * `measured` in words, whether it is `met`, a `note`.
 */

const inMilliseconds = ms => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
const inSeconds = ms => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
const BATCH = 100;

let made = 0;

/** What was just seen. */
function news(service, ref = serviceRef(service)) {
  made += 1;
  const name = ref.split('/')[1];
  return cloudEvent({
    ref,
    source: 'https://ci.example/news',
    id: `news-${made}`,
    type: 'dev.cdevents.service.deployed.0.3.0',
    at: Date.now() - 1000,
    subject: `${name}/production`,
    content: {
      environment: { id: 'production' },
      artifactId: `pkg:oci/${name}@news-${made}`,
    },
  });
}

/** Events in batches and one by one, of services here and there. */
export async function taking(situation, seconds = 10) {
  const { backend, services } = situation;
  await situation.observe();
  const during = async (connections, next) => {
    const end = performance.now() + seconds * 1000;
    await backend.ask('watch');
    const answers = await load({
      connections,
      next: number =>
        performance.now() < end ? situation.push(next(number)) : undefined,
    });
    const { cpu, stall } = await backend.ask('watched');
    const after = performance.now();
    await situation.derived();
    return { ...answers, cpu, stall, rest: performance.now() - after };
  };
  const batches = await during(4, number =>
    Array.from({ length: BATCH }, (_, index) =>
      news((number * BATCH + index * 97) % services),
    ),
  );
  const singles = await during(10, number => news((number * 31) % services));
  const taken = batches.times.length * BATCH;
  const perSecond = taken / batches.seconds;
  const singly = singles.times.length / singles.seconds;
  return [
    {
      title: 'events accepted, batches of 100',
      target: '≥ 2,000/s',
      measured: `${Math.round(perSecond)}/s`,
      met: perSecond >= 2000,
      note: `${taken} by 4 connections, p95 ${inMilliseconds(
        percentile(batches.times, 95),
      )} a batch; derived ${inSeconds(batches.rest)} after the last`,
    },
    {
      title: 'events accepted, singly',
      target: '≥ 300/s',
      measured: `${Math.round(singly)}/s`,
      met: singly >= 300,
      note: `by 10 connections, p95 ${inMilliseconds(
        percentile(singles.times, 95),
      )}; derived ${inSeconds(
        singles.rest,
      )} after the last; event loop stalled ${inMilliseconds(
        Math.max(batches.stall, singles.stall),
      )} at most`,
    },
  ];
}

const productionCount = async (situation, index) => {
  const { deployments } = await countsOf(situation, index);
  return deployments;
};

/** The number that the page of the service shows. */
async function countsOf(situation, index) {
  const { metrics } = await situation.deliveryOf(index);
  const { count } = metrics.find(({ id }) => id === 'deployment-frequency');
  return { deployments: count };
}

async function timesToShow(situation, runs, indexOf) {
  await situation.observe();
  const times = [];
  for (let run = 0; run < runs; run++) {
    const index = indexOf(run);
    const before = await productionCount(situation, index);
    await load({
      connections: 1,
      next: number => (number === 0 ? situation.push(news(index)) : undefined),
    });
    const accepted = performance.now();
    await situation.until(
      'the event shows',
      async () => (await productionCount(situation, index)) > before,
      20,
    );
    times.push(performance.now() - accepted);
  }
  return times;
}

/** From the answer to an event to the number on the page of the service. */
export async function eventToMetric(situation, runs) {
  const times = await timesToShow(
    situation,
    runs,
    run => (run * 37) % situation.services,
  );
  const { p50, p95, max } = summarize(times);
  return [
    {
      title: 'event accepted → metric shows it',
      target: 'p95 ≤ 2 s',
      measured: inSeconds(p95),
      met: p95 <= 2000,
      note: `p50 ${inSeconds(p50)}, max ${inSeconds(max)}, n ${times.length}`,
    },
  ];
}

/** The same for a service with very many events, to which more come all the time. */
export async function eventOfBusyService(situation, events, runs) {
  const { database } = situation;
  const busy = situation.services - 1;
  await situation.observe();
  const deliveries = Math.round(events / 6);
  const all = Array.from({ length: deliveries }, (_, number) =>
    delivery({
      service: busy,
      number: 1_000_000 + number,
      start: Date.now() - (1 + number) * 20 * 60_000,
    }),
  ).flat();
  await load({
    connections: 2,
    next: number => {
      const batch = all.slice(number * BATCH, (number + 1) * BATCH);
      return batch.length > 0 ? situation.push(batch) : undefined;
    },
  });
  await situation.derived();
  const [{ n }] = await database.query(
    `SELECT count(*) AS n FROM events WHERE entity_ref = '${serviceRef(busy)}'`,
  );
  const started = performance.now();
  await database.query(
    `INSERT INTO due (entity_id) SELECT id FROM entities WHERE ref = '${serviceRef(
      busy,
    )}'`,
  );
  await situation.derived();
  const once = performance.now() - started;
  const times = await timesToShow(situation, runs, () => busy);
  const { p50, p95 } = summarize(times);
  return [
    {
      title: `the same, of a service with ${n} events`,
      target: '',
      measured: inSeconds(p95),
      met: true,
      note: `p50 ${inSeconds(p50)}; derived anew in ${inSeconds(once)}`,
    },
  ];
}

function shuffle(items) {
  const order = [...items];
  let seed = 7;
  for (let index = order.length - 1; index > 0; index--) {
    seed = (seed * 16_807) % 2_147_483_647;
    const other = seed % (index + 1);
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order;
}

/** Two services of which the same happened; what is heard of the second is a mess. */
export async function shuffled(situation, events) {
  const pairs = 20;
  const deliveries = Math.ceil(events / pairs / 2 / 6.3);
  // Of both at the very same moments
  const now = Date.now();
  const of = offset =>
    Array.from({ length: pairs }, (_, pair) =>
      Array.from({ length: deliveries }, (__, number) =>
        delivery({
          // What is scattered goes by the number, which both have
          service: pair,
          ref: serviceRef(pair * 2 + offset),
          number: 2_000_000 + number,
          start: now - (deliveries - number) * 12 * 3_600_000,
        }),
      ).flat(),
    ).flat();
  await situation.observe();
  await clearHistory(situation, pairs * 2);
  const send = async all => {
    await load({
      connections: 4,
      next: number => {
        const batch = all.slice(number * BATCH, (number + 1) * BATCH);
        return batch.length > 0 ? situation.push(batch) : undefined;
      },
    });
    await situation.derived();
  };
  await send(of(0));
  const messy = of(1);
  await send(shuffle([...messy, ...messy]));

  const different = [];
  for (let pair = 0; pair < pairs; pair++) {
    const [orderly, other] = await Promise.all(
      [0, 1].map(offset => numbersOf(situation, pair * 2 + offset)),
    );
    if (!isDeepStrictEqual(orderly, other)) {
      different.push(serviceRef(pair * 2));
    }
  }
  const before = await situation.fingerprint();
  await send(shuffle([...messy, ...of(0)]));
  const after = await situation.fingerprint();
  const isSame = different.length === 0 && isDeepStrictEqual(before, after);
  return [
    {
      title: `${messy.length * 2} duplicated and shuffled events`,
      target: 'identical numbers',
      measured: isSame ? 'identical' : 'DIFFERENT',
      met: isSame,
      note:
        different.length > 0
          ? `differ: ${different.slice(0, 3).join(', ')}`
          : `${pairs} pairs of services, one told in order and once; then all again`,
    },
  ];
}

/** So that the two of a pair have nothing else. */
async function clearHistory({ database }, count) {
  const refs = Array.from({ length: count }, (_, index) => serviceRef(index));
  await database.query('DELETE FROM events WHERE entity_ref = ANY($1)', [refs]);
  await database.query(
    'INSERT INTO due (entity_id) SELECT id FROM entities WHERE ref = ANY($1)',
    [refs],
  );
}

async function numbersOf({ database }, index) {
  return database.query(
    `SELECT measure, week, bucket, count, total FROM rollups
     WHERE entity_id = (SELECT id FROM entities WHERE ref = $1) ORDER BY 1, 2, 3`,
    [serviceRef(index)],
  );
}

/** All that was made of events is thrown away, and made again. */
export async function rebuilt(situation) {
  const { database } = situation;
  const before = await situation.fingerprint();
  const summary = await situation.json('reports/summary?weeks=52');
  await database.query(`TRUNCATE ${DERIVED.join(', ')}, group_rollups`);
  const empty = await situation.json('reports/summary?weeks=52');
  const ms = await situation.deriveAll();
  const after = await situation.fingerprint();
  const again = await situation.json('reports/summary?weeks=52');
  const isSame =
    isDeepStrictEqual(before, after) &&
    isDeepStrictEqual(summary, again) &&
    !isDeepStrictEqual(summary, empty);
  await database.settle();
  return [
    {
      title: 'rollups dropped and rebuilt',
      target: 'identical numbers',
      measured: isSame ? 'identical' : 'DIFFERENT',
      met: isSame,
      note: isSame
        ? `${before.rollups.split(',')[0]} and everything else in ${inSeconds(
            ms,
          )}`
        : JSON.stringify({ before, after }),
    },
  ];
}
