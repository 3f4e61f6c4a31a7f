import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Files } from './files.mjs';
import { assertNone } from './reporter.mjs';
import { cleanEnvironment, run } from './run.mjs';

const ORGANIZATION = 'ticketing';

/**
 * Makes the repositories that a path is to change.
 *
 * @returns the path, with their addresses among its answers
 */
export async function prepareProposal({ path, portal, scratch }) {
  const matrix = path.matrix.map(({ repository, values, ...answers }) => {
    const repositoryUrl = `${portal.url}/api/forge/${ORGANIZATION}/${repository}`;
    return {
      ...answers,
      directory: join(scratch, repository),
      repository,
      repositoryUrl,
      values: path.asksForRepository ? { repositoryUrl, ...values } : values,
    };
  });
  for (const answers of matrix) {
    await createRepository({ portal, ...answers });
  }
  return { ...path, matrix };
}

/**
 * Proposes the change of one path to repositories that are there already, looks
 * at the change, merges it, and has the path look at what became of it.
 */
export function testProposal(options) {
  // It has no layers
  return { ended: testAll(options) };
}

async function testAll({ path, portal, reporter, figures }) {
  const started = Date.now();
  const section = reporter.section(`${path.name}: repositories`);
  await path.checkRepositories?.({
    matrix: path.matrix,
    portal,
    reporter: section,
  });
  section.end();
  await Promise.all(
    path.matrix.map(async answers => {
      const own = reporter.section(`${path.name}: ${answers.title}`);
      try {
        await testOne({ path, answers, portal, reporter: own });
      } finally {
        own.end();
      }
    }),
  );
  figures.seconds = Math.round((Date.now() - started) / 1000);
}

async function testOne({ path, answers, portal, reporter }) {
  const { directory, repositoryUrl, values } = answers;
  const proposed = await reporter.check('run, change proposed', async () => {
    const task = await runToEnd({ path, portal, values });
    if (task.status !== 'completed') {
      throw new Error(`${task.status}: ${task.error?.message}`);
    }
    const [change] = task.output.links;
    const page = await fetch(change.url);
    if (page.status !== 200) {
      throw new Error(`${change.url} answers ${page.status}`);
    }
    answers.branch = decodeURIComponent(change.url.split('...')[1]);
    return change.url.slice(repositoryUrl.length);
  });
  if (!proposed) {
    return;
  }

  await reporter.check('the change touches what was promised', async () => {
    await git(directory, 'fetch', '--quiet', 'origin', answers.branch);
    const changed = await git(
      directory,
      'diff',
      '--name-status',
      'HEAD...FETCH_HEAD',
    );
    const promised = answers.promised ?? path.promised;
    const wanted = promised.map(file => `A\t${file}\n`).join('');
    if (changed !== wanted) {
      throw new Error(`it changes\n${changed}`);
    }
  });

  await reporter.check('a repeat finds the same change', async () => {
    const before = await git(directory, 'ls-remote', 'origin');
    const task = await runToEnd({ path, portal, values });
    const after = await git(directory, 'ls-remote', 'origin');
    assertNone([
      ...(task.status === 'completed' ? [] : [`${task.error?.message}`]),
      ...(before === after ? [] : ['it pushed something else']),
    ]);
  });

  await git(directory, 'merge', '--quiet', '--ff', 'FETCH_HEAD');
  await git(directory, 'push', '--quiet', 'origin', 'HEAD');
  await path.checkMerged({
    answers,
    files: new Files(directory),
    portal,
    reporter,
    run: other => runToEnd({ path, portal, values: { ...values, ...other } }),
  });
}

async function runToEnd({ path, portal, values }) {
  const id = await portal.runTemplate({ template: path.template, values });
  return portal.waitForTask(id, { timeoutMs: 300_000 });
}

async function createRepository({
  portal,
  repository,
  directory,
  files = { 'README.md': `# ${repository}\n` },
}) {
  const credentials = `waymark:${portal.forgePassword}`;
  const response = await fetch(
    `${portal.url}/api/forge/api/v1/orgs/${ORGANIZATION}/repos`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      },
      body: JSON.stringify({ name: repository, default_branch: 'main' }),
    },
  );
  if (response.status !== 201) {
    throw new Error(`The forge answered ${response.status}`);
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const remote = new URL(
    `${portal.url}/api/forge/${ORGANIZATION}/${repository}.git`,
  );
  remote.username = 'waymark';
  remote.password = portal.forgePassword;
  await git(directory, 'init', '--quiet', '--initial-branch=main');
  await git(directory, 'add', '-A');
  await git(directory, 'commit', '--quiet', '-m', 'Begin');
  await git(directory, 'remote', 'add', 'origin', remote.toString());
  await git(directory, 'push', '--quiet', 'origin', 'main');
}

function git(cwd, ...args) {
  return run('git', args, {
    cwd,
    env: cleanEnvironment(cwd, {
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Someone',
      GIT_AUTHOR_EMAIL: 'someone@example.com',
      GIT_COMMITTER_NAME: 'Someone',
      GIT_COMMITTER_EMAIL: 'someone@example.com',
    }),
  });
}
