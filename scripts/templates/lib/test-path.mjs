import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPortal } from '../../lib/portal.mjs';
import { checkCatalog, checkRefusals } from '../checks/portal.mjs';
import { checkContainer } from '../checks/container.mjs';
import { checkKubernetes } from '../checks/kubernetes.mjs';
import { checkLeftovers } from '../checks/leftovers.mjs';
import { checkMarkdown } from '../checks/markdown.mjs';
import { checkObservability } from '../checks/observability.mjs';
import { checkPipeline } from '../checks/pipeline.mjs';
import { checkProject } from '../checks/project.mjs';
import { checkSnapshot } from '../checks/snapshot.mjs';
import { checkWorkload } from '../checks/workload.mjs';
import { Files } from './files.mjs';
import { assertNone } from './reporter.mjs';
import { run } from './run.mjs';

/** Renders one golden path with all its answers and checks what came out. */
export async function testPath({ path, reporter, update, withProject }) {
  const scratch = mkdtempSync(join(tmpdir(), 'waymark-templates-'));
  let portal;
  try {
    reporter.heading(`${path.name}: through the scaffolder`);
    const started = await reporter.check('a portal of its own', async () => {
      portal = await startPortal({ frontend: false });
    });
    if (!started) {
      return;
    }
    await checkRefusals({ path, portal, reporter });

    for (const answers of path.matrix) {
      const directory = join(scratch, answers.values.name);
      reporter.heading(`${path.name}: ${answers.title}`);
      const rendered = await reporter.check('run, publish, clone', async () => {
        const id = await portal.runTemplate({
          template: path.template,
          values: answers.values,
        });
        const task = await portal.waitForTask(id);
        if (task.status !== 'completed') {
          throw new Error(`${task.status}: ${task.error?.message}`);
        }
        const organization = answers.values.owner.split('/')[1];
        const remote = `${portal.url}/api/forge/${organization}/${answers.values.name}.git`;
        await run('git', ['clone', '--quiet', remote, directory], {
          cwd: scratch,
          env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
        });
      });
      if (!rendered) {
        continue;
      }

      const context = {
        path,
        answers,
        portal,
        reporter,
        files: new Files(directory),
      };
      await reporter.check('holds what the path promises', () =>
        assertNone(
          path.promised
            .filter(file => !context.files.has(file))
            .map(file => `${file} is missing`),
        ),
      );
      if (answers.snapshot) {
        await checkSnapshot({ ...context, update });
      }
      await checkLeftovers(context);
      await checkCatalog(context);
      await checkPipeline(context);
      await checkContainer(context);
      await checkKubernetes(context);
      await checkWorkload(context);
      const observed = await checkObservability(context);
      await checkMarkdown(context);
      if (answers.project && withProject) {
        await checkProject({ ...context, scratch, observed });
      }
    }
  } finally {
    await portal?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}
