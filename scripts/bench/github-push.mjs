import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { git } from '../lib/git.mjs';
import { startPortal } from '../lib/portal.mjs';
import { prepare } from '../lib/prepare.mjs';
import { summarize } from '../lib/statistics.mjs';
import { startGithub } from '../stand-ins/github/startGithub.mjs';
import { runBenchmark } from './lib/runBenchmark.mjs';
import { heading, row } from './lib/table.mjs';
import { untilInCatalog } from './lib/untilInCatalog.mjs';

/**
 * How long it takes from the end of `git push` to GitHub until the change can
 * be read in the catalog: pushed, told by a webhook, stored, published, read
 * again and put together. Discovery and processing are too slow to help.
 */

const usage =
  'Usage: yarn bench:github-push [--runs <number>] [--output <file.json>]';
const targetMs = 5000;
const pollMs = 25;
const secret = 'a secret of the benchmark';

const config = github => ({
  integrations: {
    github: [
      { host: github.host, apiBaseUrl: github.apiUrl, token: github.token },
    ],
  },
  goldenPaths: { webhooks: { github: { secrets: [secret] } } },
  catalog: {
    providers: {
      github: {
        bench: {
          host: github.host,
          organization: github.organization,
          validateLocationsExist: true,
          schedule: { frequency: { hours: 6 }, timeout: { minutes: 5 } },
        },
      },
    },
    processingInterval: { hours: 6 },
  },
});

const catalogInfo = (name, description) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec:
  type: service
  lifecycle: production
  owner: group:default/ticketing
`;

async function pushOnce({ github, portal, checkout, name, description }) {
  writeFileSync(
    path.join(checkout, 'catalog-info.yaml'),
    catalogInfo(name, description),
  );
  await git(['add', '--all'], { cwd: checkout });
  await git(['commit', '--quiet', '--message', description], { cwd: checkout });
  await git(['push', '--quiet', 'origin', 'HEAD:main'], {
    cwd: checkout,
    credentials: { username: 'waymark', password: github.token },
  });
  const pushed = performance.now();
  await untilInCatalog({
    portal,
    name,
    accepts: ({ metadata }) => metadata.description === description,
    what: 'the push',
    pollMs,
  });
  return performance.now() - pushed;
}

async function createRepository(github, name) {
  const response = await fetch(
    `${github.apiUrl}/orgs/${github.organization}/repos`,
    {
      method: 'POST',
      headers: { authorization: `token ${github.token}` },
      body: JSON.stringify({ name }),
    },
  );
  if (!response.ok) {
    throw new Error(`${name}: ${response.status} ${await response.text()}`);
  }
}

async function measure({ runs, output }) {
  await prepare({ frontend: false });
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'waymark-bench-'));
  const github = await startGithub();
  let portal;
  try {
    const file = path.join(scratch, 'app-config.bench.json');
    writeFileSync(file, JSON.stringify(config(github)));
    portal = await startPortal({ frontend: false, configs: [file] });
    await fetch(`${github.url}/_control/webhook`, {
      method: 'PUT',
      headers: { authorization: `token ${github.token}` },
      body: JSON.stringify({
        url: `${portal.url}/api/golden-paths/webhooks/github`,
        secret,
      }),
    });

    const arrived = [];
    const changed = [];
    for (let number = 0; number <= runs; number++) {
      const name = `bench-${number}`;
      const checkout = path.join(scratch, name);
      await createRepository(github, name);
      await git(['init', '--quiet', checkout], { cwd: scratch });
      await git(
        [
          'remote',
          'add',
          'origin',
          `${github.url}/${github.organization}/${name}.git`,
        ],
        { cwd: checkout },
      );
      const step = { github, portal, checkout, name };
      const first = await pushOnce({ ...step, description: 'New' });
      const second = await pushOnce({ ...step, description: 'Changed' });
      // The first round warms up
      if (number > 0) {
        arrived.push(first);
        changed.push(second);
      }
    }

    const arrival = summarize(arrived);
    const change = summarize(changed);
    console.log(
      [
        heading,
        row('first push to a repository made elsewhere', arrival, targetMs),
        row('push to a repository in the catalog', change, targetMs),
        '',
        `machine: ${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}`,
      ].join('\n'),
    );
    if (output) {
      const report = { arrived, changed, arrival, change };
      writeFileSync(output, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    return arrival.p95 <= targetMs && change.p95 <= targetMs;
  } finally {
    await portal?.stop();
    await github.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

await runBenchmark({ usage, measure });
