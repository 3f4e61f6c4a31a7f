// What a start in production takes: the installed bundle on a PostgreSQL of its
// own, with the people and repositories of a GitHub stand-in.
//   yarn bench:production [--repositories N] [--starts N]
import path from 'node:path';
import { parseArguments } from '../lib/arguments.mjs';
import { toolsDir } from '../lib/paths.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { startProduction } from '../lib/production.mjs';
import { installProduction } from '../lib/production/install.mjs';
import { tokenOf } from '../lib/production/sign-in.mjs';
import { percentile } from '../lib/statistics.mjs';
import { startGithub } from '../stand-ins/github/startGithub.mjs';

const {
  repositories = 50,
  starts = 5,
  installed,
} = parseArguments(process.argv.slice(2), {
  values: ['repositories', 'starts', 'installed'],
  usage:
    'Usage: yarn bench:production [--repositories <number>] [--starts <number>] [--installed <folder>]',
});

const seconds = ms => `${(ms / 1000).toFixed(1)} s`;
const megabytes = bytes => `${Math.round(bytes / 1e6)} MB`;
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

const catalogFile = name => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: One of many
spec:
  type: service
  lifecycle: production
  owner: ticketing
`;

const bundleDir = installed ?? path.join(toolsDir, 'production');
if (!installed) {
  await installProduction({ directory: bundleDir });
}
// As in production, nothing is kept from the disk
const postgres = await startPostgres({ durable: true });
const github = await startGithub({
  organization: {
    login: 'kestrelvale-rail',
    teams: [{ name: 'Ticketing', slug: 'ticketing', members: ['maren-osei'] }],
    repositories: Array.from({ length: Number(repositories) }, (_, index) => ({
      name: `service-${index}`,
      files: { 'catalog-info.yaml': catalogFile(`service-${index}`) },
    })),
  },
  users: [{ login: 'maren-osei', name: 'Maren Osei', role: 'member' }],
});

const running = new Set();
const start = async () => {
  const portal = await startProduction({ bundleDir, postgres, github });
  running.add(portal);
  return portal;
};
const stop = async portal => {
  running.delete(portal);
  const started = Date.now();
  await portal.stop();
  return Date.now() - started;
};

try {
  const first = await start();
  console.log(
    `First start, empty database   ready after ${seconds(
      first.readyMs,
    )}, page after ${seconds(first.pageMs)}`,
  );
  const atReady = first.residentMemory();

  const token = await tokenOf({ url: first.url, login: 'maren-osei' });
  const get = async target => {
    const started = performance.now();
    const response = await fetch(`${first.url}${target}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${target} answers ${response.status}: ${text}`);
    }
    return { text, ms: performance.now() - started };
  };
  const filledFrom = Date.now();
  for (;;) {
    const { text } = await get(
      '/api/catalog/entities/by-query?limit=0&filter=kind=component',
    );
    if (JSON.parse(text).totalItems >= Number(repositories)) {
      break;
    }
    if (Date.now() - filledFrom > 180_000) {
      throw new Error('The catalog does not fill');
    }
    await sleep(250);
  }

  const times = [];
  for (let round = 0; round < 100; round++) {
    times.push((await get('/api/catalog/entities/by-query?limit=20')).ms);
    await get('/api/scaffolder/v2/tasks');
    await get('/api/search/query?term=service');
    await get('/api/notifications/status');
  }
  console.log(
    `Memory                        ${megabytes(
      atReady,
    )} when ready, ${megabytes(
      first.residentMemory(),
    )} with ${repositories} repositories and after 400 requests`,
  );
  console.log(
    `A page of the catalog         p50 ${percentile(times, 50).toFixed(
      0,
    )} ms, p95 ${percentile(times, 95).toFixed(0)} ms, through the API`,
  );
  console.log(`Stop                          ${seconds(await stop(first))}`);

  const ready = [];
  const page = [];
  for (let round = 0; round < Number(starts); round++) {
    const portal = await start();
    ready.push(portal.readyMs);
    page.push(portal.pageMs);
    await stop(portal);
  }
  console.log(
    `Start again, ${starts} times          ready p50 ${seconds(
      percentile(ready, 50),
    )}, max ${seconds(Math.max(...ready))}; page p50 ${seconds(
      percentile(page, 50),
    )}`,
  );

  const pair = await Promise.all([start(), start()]);
  console.log(
    `Two replicas at once          ready after ${pair
      .map(({ readyMs }) => seconds(readyMs))
      .join(' and ')}`,
  );
} finally {
  await Promise.all([...running].map(stop));
  await github.stop();
  await postgres.stop();
}
