import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../lib/ports.mjs';
import { countTests, readCoverage } from '../lib/reports.mjs';
import { assertNone } from '../lib/reporter.mjs';
import { cleanEnvironment, run } from '../lib/run.mjs';
import { missingToolchains } from '../lib/toolchains.mjs';
import { checkService } from './service.mjs';

/**
 * The generated project's own pipeline, and the service it makes.
 *
 * @returns the metrics that the service exports, with their labels; undefined
 * where it could not be started
 */
export async function checkProject(context) {
  const { path, files, reporter, home } = context;
  const { project } = path;
  const missing = missingToolchains(path.toolchains);
  if (missing.length > 0) {
    for (const text of missing) {
      reporter.notProven(text);
    }
    return undefined;
  }

  mkdirSync(home, { recursive: true });
  let beside;
  const prepared =
    !project.beside ||
    (await reporter.check('what it needs beside it', async () => {
      beside = await project.beside({ directory: files.directory, freePort });
    }));
  try {
    return prepared
      ? await runPipeline({
          ...context,
          env: cleanEnvironment(home, { ...project.env, ...beside?.env }),
        })
      : undefined;
  } finally {
    await beside?.stop?.();
  }
}

async function runPipeline({ env, ...context }) {
  const { path, files, reporter, figures } = context;
  const { project } = path;
  const cwd = files.directory;
  const stage = name =>
    reporter.check(
      name,
      async () => void (await run(name, [], { cwd, env, timeoutMs: 600_000 })),
    );

  if (!(await stage('ci/install'))) {
    return undefined;
  }
  let passed = true;
  for (const name of project.stages) {
    passed = (await stage(name)) && passed;
  }
  await stage('ci/report');

  await reporter.check('its tests, and what of the code they cover', () => {
    assertNone(
      project.reports
        .filter(report => !existsSync(join(cwd, report)))
        .map(report => `${report} is missing`),
    );
    const { tests, failed, skipped } = countTests(cwd);
    const coverage = readCoverage(cwd, project.reports);
    figures.tests = tests;
    figures.coverage = `${coverage.percent.toFixed(1)} %`;
    assertNone([
      ...(tests > 0 ? [] : ['no test was run']),
      ...(failed > 0 ? [`${failed} of ${tests} tests failed`] : []),
      ...(skipped > 0 ? [`${skipped} of ${tests} tests were skipped`] : []),
      ...(coverage.percent >= project.minimumCoverage
        ? []
        : [`${coverage.percent} % of ${coverage.total} lines are covered`]),
    ]);
    return `${tests} tests, ${figures.coverage} of ${coverage.total} lines`;
  });
  await reporter.check('the pipeline leaves nothing to commit', async () => {
    const changes = await run('git', ['status', '--porcelain'], { cwd, env });
    assertNone(changes.split('\n').filter(Boolean));
  });
  return passed ? checkService({ ...context, env }) : undefined;
}
