import { parseArguments } from '../lib/arguments.mjs';
import { describeError } from '../lib/errors.mjs';
import { Scene, must, until } from './Scene.mjs';
import { Traffic } from './golden-paths/Traffic.mjs';
import { PLATFORM, company } from './golden-paths/company.mjs';
import {
  fingerprint,
  inspectEvents,
  inspectNumbers,
} from './golden-paths/inspect.mjs';

/**
 * Two replicas on one PostgreSQL, events coming in all the time. One replica after the
 * other is killed right after it has accepted an event, before anything was made of
 * it, and started again; then the database goes away for a while. In the end nothing
 * may be lost, doubled or wrong.
 */

const usage =
  'Usage: yarn fault:golden-paths [--kills <number>] [--outage <seconds>]';
const LIMIT_MS = 15 * 60_000;

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function settle(scene) {
  return until(async () => {
    const [{ n }] = await scene.query(
      'SELECT count(*) AS n FROM "golden-paths".due',
    );
    return Number(n) === 0;
  }, 60_000);
}

async function rebuild(scene) {
  await scene.query(
    'TRUNCATE "golden-paths".rollups, "golden-paths".group_rollups, "golden-paths".deployments',
  );
  await scene.query(
    'INSERT INTO "golden-paths".due (entity_id) SELECT id FROM "golden-paths".entities',
  );
  return settle(scene);
}

async function main() {
  const options = parseArguments(process.argv.slice(2), {
    values: ['kills', 'outage'],
    usage,
  });
  const kills = Number(options.kills ?? 6);
  const outage = Number(options.outage ?? 10);
  const scene = new Scene({ plugin: 'golden-paths', person: PLATFORM });
  const { checks } = scene;
  const impatience = setTimeout(() => {
    console.error('Not done in time\n0 passed, 1 failed');
    process.exit(1);
  }, LIMIT_MS);
  try {
    await scene.begin(company());
    const traffic = new Traffic({
      replicas: () => [...scene.replicas.values()],
    });
    traffic.start();
    await sleep(2000);
    for (let round = 0; round < kills; round++) {
      const name = round % 2 === 0 ? 'first' : 'second';
      console.log(`The ${name} replica is killed over an event`);
      await must('it accepts one', () =>
        traffic.send(traffic.next(), scene.replicas.get(name)),
      );
      await scene.kill(name);
      await sleep(500 + Math.random() * 1500);
      await scene.startReplica(name);
      await sleep(1000);
    }
    if (outage > 0) {
      console.log(`The database is away for ${outage} s`);
      await scene.postgres.stop();
      await sleep(outage * 1000);
      await scene.startDatabase();
      await must('events are taken again', async () => {
        const before = traffic.accepted.size;
        await sleep(500);
        return traffic.accepted.size > before;
      });
    }
    await traffic.stop();
    console.log(
      `${traffic.accepted.size} events were accepted, ${traffic.duplicates} of them a second time, ${traffic.cut} were cut off`,
    );
    checks.that('the traffic was cut off', traffic.cut > 0);
    checks.same('nothing was refused', traffic.refused.slice(0, 3), []);
    checks.that('everything is derived within a minute', await settle(scene));
    // Services come into the catalog while their events come in
    await sleep(15_000);
    await settle(scene);
    await inspectEvents({ query: scene.query, traffic, checks });
    await inspectNumbers({ json: scene.json, query: scene.query, checks });

    const before = await fingerprint(scene.query);
    await traffic.sendAgain();
    await settle(scene);
    checks.same(
      'the same again changes nothing',
      await fingerprint(scene.query),
      before,
    );
    checks.that('what was thrown away is made again', await rebuild(scene));
    checks.same('and says the same', await fingerprint(scene.query), before);
    await inspectNumbers({ json: scene.json, query: scene.query, checks });
  } catch (error) {
    checks.that('the test could go on', false, describeError(error));
    for (const replica of scene.replicas.values()) {
      console.log(replica.log(20));
    }
  } finally {
    await scene.end();
    clearTimeout(impatience);
  }
  return checks.report();
}

process.exitCode = await main();
