import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { stringify } from 'yaml';
import { git } from '../lib/git.mjs';
import { startPortal } from '../lib/portal.mjs';
import {
  copyTemplates,
  managedFile,
  mergeProposal,
  releaseLayer,
} from '../lib/upgrades.mjs';
import { untilInCatalog } from '../bench/lib/untilInCatalog.mjs';
import { hasBranch, stepBegun, watch } from './moments.mjs';

const attempts = 5;
const owner = 'group:default/ticketing';
const name = 'fault-upgraded';
const address = `/api/scaffolder/golden-path/upgrades/component/default/${name}`;

/**
 * When to kill while a service is upgraded: `there` tells what is written down of the
 * run, and whether the branch has arrived. Both branches are pushed at once.
 */
export const upgradeMoments = [
  {
    name: 'upgrade-accepted',
    title: 'right after the upgrade was asked for',
    unclaimed: true,
    wait: async () => true,
    holds: there => there.records().length === 0,
  },
  {
    name: 'upgrade-begun',
    title: 'while the newest version is rendered',
    wait: stepBegun('upgrade'),
    holds: there => there.records().length === 0,
  },
  {
    name: 'upgrade-rendered',
    title: 'after it was rendered, before it is committed',
    wait: there => watch(() => there.records().length > 0),
    holds: there => there.records()[0]?.commit === null,
  },
  {
    name: 'upgrade-committed',
    title: 'after its commits were written down, before they are pushed',
    wait: there => watch(() => Boolean(there.records()[0]?.commit)),
    holds: there => !there.isPushed(),
  },
  {
    name: 'upgrade-pushed',
    title: 'after both branches were pushed, before it is proposed',
    wait: there => watch(() => there.isPushed()),
    holds: there => there.isPushed() && !there.records()[0]?.change_url,
  },
  {
    name: 'upgrade-proposed',
    title: 'after the proposal was written down, before the run knows of it',
    wait: there => watch(() => Boolean(there.records()[0]?.change_url)),
    holds: there => Boolean(there.records()[0]?.change_url),
  },
];

/** A portal that renders from golden paths of its own, and a service on it. */
class Scene {
  directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-fault-upgrades-'));
  checkout = path.join(this.directory, 'checkout');
  dataDir = path.join(this.directory, 'data');
  repository = path.join(
    this.dataDir,
    'repositories',
    'ticketing',
    `${name}.git`,
  );
  #versions = 0;

  async begin() {
    const { templates, config } = copyTemplates(this.directory);
    this.templates = templates;
    this.config = path.join(this.directory, 'app-config.yaml');
    writeFileSync(this.config, stringify(config));
    await this.start();
    const task = await this.portal.waitForTask(
      await this.portal.runTemplate({
        values: { name, owner, description: 'Survives upgrades' },
      }),
      { timeoutMs: 120_000 },
    );
    if (task.status !== 'completed') {
      throw new Error(`${name}: ${task.status}, ${task.error?.message}`);
    }
    await untilInCatalog({
      portal: this.portal,
      name,
      accepts: () => true,
      what: 'the service',
      pollMs: 100,
    });
    const url = `${this.portal.url}/api/forge/ticketing/${name}.git`;
    await git(['clone', '--quiet', url, this.checkout]);
  }

  async start() {
    this.portal = await startPortal({
      dataDir: this.dataDir,
      port: this.portal?.port,
      configs: [this.config],
      frontend: false,
    });
  }

  status = () => this.portal.json(address);

  async until(what, look) {
    const end = Date.now() + 120_000;
    for (;;) {
      const found = await look();
      if (found) {
        return found;
      }
      if (Date.now() > end) {
        throw new Error(`Waited in vain until ${what}`);
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }

  /** What owners do; returns the file that tells whether it is still there. */
  async work() {
    const file = `notes-${this.#versions}.md`;
    const run = args => git(args, { cwd: this.checkout });
    await run(['pull', '--quiet']);
    writeFileSync(path.join(this.checkout, file), 'Added by its owners\n');
    await run(['add', '--all']);
    await run(['commit', '--quiet', '--message', `Add ${file}`]);
    await git(['push', '--quiet'], {
      cwd: this.checkout,
      credentials: {
        username: 'waymark',
        password: this.portal.forgePassword,
      },
    });
    return file;
  }

  /** Brings out a version; returns the line that it brings. */
  async release() {
    const before = (await this.status()).available?.version;
    this.#versions += 1;
    const line = releaseLayer(this.templates, this.#versions);
    await this.until('the version is known', async () => {
      const { state, available } = await this.status();
      return state === 'behind' && available.version !== before;
    });
    return line;
  }

  heads = async () => {
    const output = await git(
      ['for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads'],
      { cwd: this.repository },
    );
    return new Map(output.split('\n').map(line => line.split(' ')));
  };

  /** What there is of a run, looked at without the portal. */
  of(id, branch) {
    const database = new Database(
      path.join(this.dataDir, 'db', 'scaffolder.sqlite'),
      { readonly: true },
    );
    const query = database.prepare(
      'SELECT "commit", change_url FROM golden_path_upgrades WHERE task_id = ?',
    );
    return {
      id,
      portal: this.portal,
      records: () => query.all(id),
      isPushed: () => hasBranch(this.repository, branch),
      close: () => database.close(),
    };
  }

  async end() {
    await this.portal?.stop();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Whether the run had ended before the backend was killed. */
function hadEnded({ events }) {
  const recovered = events.findIndex(({ type }) => type === 'recovered');
  return events
    .slice(0, recovered < 0 ? events.length : recovered)
    .some(({ type }) => type === 'completion');
}

async function surviveOne({ moment, scene, checks, rows, files }) {
  const started = Date.now();
  for (let attempt = 1; attempt <= attempts; attempt++) {
    files.push(await scene.work());
    const line = await scene.release();
    const before = await scene.heads();
    const { available } = await scene.status();
    const branch = `waymark/upgrade-${available.version
      .replace(/^.*:/, '')
      .slice(0, 8)}`;
    const { taskId } = await scene.portal.json(address, { method: 'POST' });
    const there = scene.of(taskId, branch);
    const reached = await moment.wait(there);
    await scene.portal.kill();
    const holds = reached && moment.holds(there);
    there.close();
    await scene.start();
    const task = await scene.portal.waitForTask(taskId, {
      timeoutMs: 120_000,
    });
    const isCutOff =
      moment.unclaimed ||
      (task.events.some(({ type }) => type === 'recovered') && !hadEnded(task));
    const isMeant = holds && isCutOff;
    if (isMeant) {
      checks.that(
        `${moment.name}: the run was cut off and ended well`,
        task.status === 'completed',
        `${task.status}: ${task.error?.message}`,
      );
      await inspect({ moment, scene, checks, taskId, branch, before });
    } else {
      console.log(`  ${moment.name}: the run was faster, once more`);
    }
    await mergeAndInspect({ moment, scene, checks, line, files });
    if (isMeant) {
      rows.push([
        moment.name,
        task.status,
        1,
        1,
        1,
        attempt,
        Math.round((Date.now() - started) / 1000),
      ]);
      return;
    }
  }
  checks.that(
    `${moment.name}: the backend was killed at this moment`,
    false,
    `missed it ${attempts} times`,
  );
}

/** One branch, one proposal, generated once, and nothing else has moved. */
async function inspect({ moment, scene, checks, taskId, branch, before }) {
  const { portal, repository } = scene;
  await git(['fsck', '--strict'], { cwd: repository });
  const after = await scene.heads();
  checks.same(
    `${moment.name}: one branch more`,
    [...after.keys()].filter(head => !before.has(head)),
    [branch],
  );
  checks.same(
    `${moment.name}: what the owners have is untouched`,
    after.get('main'),
    before.get('main'),
  );
  checks.same(
    `${moment.name}: generated once`,
    await git(['rev-parse', 'waymark-template^'], { cwd: repository }),
    before.get('waymark-template'),
  );
  const { state, proposal } = await scene.status();
  checks.same(
    `${moment.name}: proposed by the run`,
    [state, proposal?.taskId, proposal?.branch, proposal?.conflicts],
    ['proposed', taskId, branch, []],
  );
  const { proposed } = await portal.json(
    `/api/scaffolder/golden-path/runs/${taskId}`,
  );
  checks.same(`${moment.name}: the run knows the one proposal`, proposed, [
    { url: proposal?.url },
  ]);
  const records = scene.of(taskId, branch);
  checks.same(
    `${moment.name}: written down once`,
    records.records().map(({ commit }) => commit),
    [after.get(branch)],
  );
  records.close();
}

/** Nothing of the owners' is lost, and the provenance of it all is verified. */
async function mergeAndInspect({ moment, scene, checks, line, files }) {
  const { available, proposal } = await scene.status();
  await mergeProposal(scene.portal, proposal);
  await git(['pull', '--quiet'], { cwd: scene.checkout });
  const there = await git(['ls-files', 'notes-*'], { cwd: scene.checkout });
  checks.same(
    `${moment.name}: merged, with all that its owners have`,
    there.split('\n').sort(),
    [...files].sort(),
  );
  checks.that(
    `${moment.name}: and with what is new`,
    readFileSync(path.join(scene.checkout, managedFile), 'utf8').includes(line),
  );
  await scene.until('it is verified', async () => {
    const { provenance } = await scene.portal.json(
      `/api/golden-paths/entities/component/default/${name}/delivery`,
    );
    return provenance?.version === available.version && provenance.verified;
  });
  checks.that(`${moment.name}: its provenance is verified`, true);
}

/** Kills the backend while it upgrades one service again and again. */
export async function surviveUpgrades({ chosen, checks, rows }) {
  const scene = new Scene();
  const files = [];
  try {
    await scene.begin();
    for (const moment of chosen) {
      console.log(`${moment.name}: ${moment.title}`);
      await surviveOne({ moment, scene, checks, rows, files });
    }
  } catch (error) {
    console.log(scene.portal?.log(30) ?? '');
    throw error;
  } finally {
    await scene.end();
  }
}
