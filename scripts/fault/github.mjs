import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { stringify } from 'yaml';
import { startPortal } from '../lib/portal.mjs';
import { startGithub } from '../stand-ins/github/startGithub.mjs';

const owner = 'group:default/ticketing';
const attempts = 5;
const limitMs = 60_000;

/** When to kill where a service is handed over by a pull request. */
export const githubMoments = [
  {
    name: 'proposed-branch',
    title: 'on GitHub, after the branch was pushed, before its pull request',
    isThere: async ({ branches, pulls }) =>
      (await branches()).length > 0 && (await pulls()).length === 0,
  },
  {
    name: 'proposed',
    title:
      'on GitHub, after the pull request was opened, before the run knows of it',
    isThere: async ({ pulls }) => (await pulls()).length > 0,
  },
];

/** A GitHub for tests, and a portal beside it that can be killed. */
class Scene {
  directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-fault-github-'));

  async begin() {
    this.github = await startGithub({});
    const { host, apiUrl, token, organization } = this.github;
    const file = path.join(this.directory, 'app-config.github.yaml');
    writeFileSync(
      file,
      stringify({
        integrations: { github: [{ host, apiBaseUrl: apiUrl, token }] },
        scaffolder: { goldenPath: { host, organization } },
        catalog: {
          providers: {
            github: {
              main: {
                host,
                organization,
                schedule: {
                  frequency: { seconds: 2 },
                  timeout: { minutes: 1 },
                },
              },
            },
          },
        },
      }),
      { mode: 0o600 },
    );
    this.configs = [file];
    await this.start();
  }

  async start() {
    this.portal = await startPortal({
      dataDir: path.join(this.directory, 'data'),
      port: this.portal?.port,
      configs: this.configs,
      frontend: false,
    });
  }

  async ask(target) {
    const { apiUrl, organization, token } = this.github;
    const response = await fetch(`${apiUrl}/repos/${organization}/${target}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.ok ? response.json() : undefined;
  }

  /** What is there of a service. */
  of(name) {
    const branch = `waymark/deliver-${name}`;
    return {
      branches: async () =>
        ((await this.ask('gitops/branches?per_page=100')) ?? []).filter(
          found => found.name === branch,
        ),
      pulls: async () =>
        ((await this.ask('gitops/pulls?state=all&per_page=100')) ?? []).filter(
          ({ head }) => head.ref === branch,
        ),
    };
  }

  async end() {
    await this.portal?.stop();
    await this.github?.stop();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function watch(look) {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if (await look()) {
      return true;
    }
    await setImmediate();
  }
  return false;
}

async function surviveOne({ moment, scene, checks, rows }) {
  const started = Date.now();
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const name = `fault-${moment.name}-${attempt}`;
    const there = scene.of(name);
    const id = await scene.portal.runTemplate({
      values: { name, owner, description: 'Survives a crash' },
    });
    await watch(() => moment.isThere(there));
    await scene.portal.kill();
    const holds = await moment.isThere(there);
    await scene.start();
    const task = await scene.portal.waitForTask(id, { timeoutMs: 120_000 });
    const recovered = task.events.findIndex(({ type }) => type === 'recovered');
    const knew = task.events
      .slice(0, recovered)
      .some(
        ({ body }) => body.stepId === 'deliver' && body.status === 'completed',
      );
    if (!holds || recovered < 0 || knew) {
      console.log(`  ${moment.name}: the run was faster, once more`);
      continue;
    }

    checks.that(
      `${moment.name}: the run was cut off and ended well`,
      task.status === 'completed',
      `${task.status}: ${task.error?.message}`,
    );
    const pulls = await there.pulls();
    checks.same(`${moment.name}: one pull request`, pulls.length, 1);
    const files = await scene.ask(`gitops/pulls/${pulls[0]?.number}/files`);
    checks.same(
      `${moment.name}: for its folder and nothing else`,
      files?.map(({ filename }) => filename),
      [
        `apps/${name}/production/application.yaml`,
        `apps/${name}/production/kustomization.yaml`,
        `apps/${name}/project.yaml`,
        `apps/${name}/staging/application.yaml`,
        `apps/${name}/staging/kustomization.yaml`,
      ],
    );
    const { created } = await scene.portal.json(
      `/api/scaffolder/golden-path/runs/${id}`,
    );
    checks.same(
      `${moment.name}: the run knows it`,
      created.slice(1).map(({ url, confirmed }) => ({ url, confirmed })),
      [{ url: pulls[0]?.html_url, confirmed: true }],
    );
    const repository = await scene.ask(name);
    checks.that(`${moment.name}: one repository`, repository);
    const { items } = await scene.portal.json(
      `/api/catalog/entities/by-query?filter=kind=component,metadata.name=${name}`,
    );
    checks.same(`${moment.name}: one entity`, items.length, 1);
    rows.push([
      moment.name,
      task.status,
      repository ? 1 : 0,
      items.length,
      pulls.length,
      attempt,
      Math.round((Date.now() - started) / 1000),
    ]);
    return;
  }
  checks.that(
    `${moment.name}: the backend was killed at this moment`,
    false,
    `missed it ${attempts} times`,
  );
}

/** Kills the backend while it hands services over on GitHub. */
export async function surviveOnGithub({ chosen, checks, rows }) {
  const scene = new Scene();
  try {
    await scene.begin();
    for (const moment of chosen) {
      console.log(`${moment.name}: ${moment.title}`);
      await surviveOne({ moment, scene, checks, rows });
    }
  } catch (error) {
    console.log(scene.portal?.log(30) ?? '');
    throw error;
  } finally {
    await scene.end();
  }
}
