import { parseArguments } from '../lib/arguments.mjs';
import { describeError } from '../lib/errors.mjs';
import { Scene, must, until } from './Scene.mjs';
import { Traffic } from './scorecards/Traffic.mjs';
import { PLATFORM, SERVICES, company } from './scorecards/company.mjs';
import {
  inspectHistory,
  inspectNotifications,
  inspectServices,
  inspectTables,
} from './scorecards/inspect.mjs';

/**
 * Two replicas on one PostgreSQL, facts and changes of the catalog coming in all the
 * time. One replica after the other is killed and started again, then the database
 * goes away for a while. In the end nothing may be lost, doubled or wrong.
 */

const usage =
  'Usage: yarn fault:scorecards [--kills <number>] [--outage <seconds>]';
const LIMIT_MS = 15 * 60_000;

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function main() {
  const options = parseArguments(process.argv.slice(2), {
    values: ['kills', 'outage'],
    usage,
  });
  const kills = Number(options.kills ?? 6);
  const outage = Number(options.outage ?? 10);
  const scene = new Scene({
    plugin: 'scorecards',
    person: PLATFORM,
    config: {
      scorecards: { notifications: { window: { seconds: 1 } } },
    },
  });
  const { checks } = scene;
  const impatience = setTimeout(() => {
    console.error('Not done in time\n0 passed, 1 failed');
    process.exit(1);
  }, LIMIT_MS);
  try {
    await scene.begin(company());
    await must('every service is judged', async () => {
      const [{ n }] = await scene.query(
        'SELECT count(*) AS n FROM scorecards.standings',
      );
      return Number(n) === SERVICES * 2;
    });
    const traffic = new Traffic({
      replicas: () => [...scene.replicas.values()],
      token: () => scene.token(),
    });
    traffic.start();
    await sleep(2000);
    for (let round = 0; round < kills; round++) {
      const name = round % 2 === 0 ? 'first' : 'second';
      console.log(`The ${name} replica is killed`);
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
      await must('facts are taken again', async () => {
        const before = traffic.accepted;
        await sleep(500);
        return traffic.accepted > before;
      });
    }
    await traffic.stop();
    console.log(
      `${traffic.accepted} facts were taken and ${traffic.changes} changes of the catalog, ${traffic.cut} facts were cut off`,
    );
    checks.that('the traffic was cut off', traffic.cut > 0);

    const settled = await until(async () => {
      const [{ n }] = await scene.query(
        'SELECT count(*) AS n FROM scorecards.subjects WHERE due_at <= $1',
        [Date.now()],
      );
      return Number(n) === 0;
    }, 30_000);
    checks.that('everything is evaluated within 30 s', settled);
    // A change of the catalog is seen with the next look at it
    await sleep(15_000);
    await inspectTables({ query: scene.query, checks });
    await inspectServices({ json: scene.json, traffic, checks });
    await inspectHistory({ json: scene.json, query: scene.query, checks });
    await inspectNotifications({ query: scene.query, until, checks });
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
