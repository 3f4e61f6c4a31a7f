import { run } from './run.mjs';

/** Fills in the form of a path, waits for its end and clones what came out. */
export async function renderRepository({ path, answers, portal, directory }) {
  const id = await portal.runTemplate({
    template: path.template,
    values: answers.values,
  });
  // Many run at the same time, and machines differ
  const task = await portal.waitForTask(id, { timeoutMs: 300_000 });
  if (task.status !== 'completed') {
    throw new Error(`${task.status}: ${task.error?.message}`);
  }
  const organization = answers.values.owner.split('/')[1];
  const remote = `${portal.url}/api/forge/${organization}/${answers.values.name}.git`;
  await run('git', ['clone', '--quiet', remote, directory], {
    cwd: '/',
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
}
