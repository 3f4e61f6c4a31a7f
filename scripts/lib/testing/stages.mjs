import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root, toolsDir } from '../paths.mjs';
import { startPostgres } from '../postgres.mjs';
import { testDatabaseVariable } from '../postgres/main.mjs';
import { prepare } from '../prepare.mjs';
import { installProduction } from '../production/install.mjs';
import { createMemoryFolder } from './memoryFolder.mjs';
import { runPlaywright } from './playwright.mjs';
import { counted, readReport, reportsDir, tool } from './tool.mjs';
import {
  jestFailures,
  lastVerdict,
  tapVerdict,
  together,
} from './verdicts.mjs';

/** A check that is one yes or no. */
const check = (name, title, args) => ({
  name,
  title,
  async run(context) {
    const { code, output, logFile } = await tool(context, name, args);
    return {
      passed: code === 0 ? 1 : 0,
      failed: code === 0 ? 0 : 1,
      skipped: 0,
      details: output,
      logFile,
    };
  },
});

/** The tests in some folders, run by Node itself. */
const nodeTests = (name, title, ...folders) => ({
  name,
  title,
  run: context => runNodeTests(context, { name, folders }),
});

async function runNodeTests(context, { name, folders, env }) {
  const files = folders.flatMap(folder =>
    readdirSync(path.join(root, folder))
      .filter(file => file.endsWith('.test.mjs'))
      .map(file => path.join(root, folder, file)),
  );
  const result = await tool(context, name, ['--test-reporter=tap', ...files], {
    script: '--test',
    env,
  });
  return counted(tapVerdict(result.output), result);
}

const unit = {
  name: 'unit',
  title: 'Tests of the plugins',
  async run(context) {
    const report = path.join(reportsDir, 'jest.json');
    rmSync(report, { force: true });
    // Everything that keeps data is tested on both databases
    const postgres = await startPostgres();
    const memory = createMemoryFolder();
    let result;
    try {
      result = await tool(
        context,
        'unit',
        [
          'backstage-cli',
          'repo',
          'test',
          '--watchAll=false',
          // Most suites wait for Git, for processes and for clocks: more of them
          // than processors are the faster way, also on two
          '--maxWorkers=4',
          '--json',
          `--outputFile=${report}`,
          // Kept from run to run, wherever temporary files are
          `--cacheDirectory=${path.join(toolsDir, 'jest')}`,
        ],
        {
          env: {
            [testDatabaseVariable]: postgres.url,
            ...(memory && { TMPDIR: memory }),
          },
        },
      );
    } finally {
      if (memory) {
        rmSync(memory, { recursive: true, force: true });
      }
      await postgres.stop();
    }
    const jest = readReport(report);
    const failures = jestFailures(jest);
    return counted(
      {
        passed: jest?.numPassedTests ?? 0,
        // A suite that could not even be loaded has no failed tests
        failed:
          (jest?.numFailedTests ?? 0) + (jest?.numRuntimeErrorTestSuites ?? 0),
        skipped: (jest?.numPendingTests ?? 0) + (jest?.numTodoTests ?? 0),
      },
      // Without the page around each failed assertion
      failures ? { ...result, output: failures } : result,
    );
  },
};

/** Where a bundle is, or is installed. */
const bundleDirectory = () =>
  process.env.WAYMARK_PRODUCTION_DIR || path.join(toolsDir, 'production');

/** The frontend for all that follows is built with it, once. */
const bundle = {
  name: 'bundle',
  title: 'The portal builds, and installs with what it needs to run',
  async run() {
    if (!process.env.WAYMARK_PRODUCTION_DIR) {
      await installProduction({ directory: bundleDirectory(), quiet: true });
    }
    await prepare({ frontend: true, quiet: true });
    return { passed: 1, failed: 0, skipped: 0 };
  },
};

/** A program whose last line is `N passed, N failed`. */
const counting = (name, title, args) => ({
  name,
  title,
  async run(context) {
    const [script, ...rest] = args;
    const result = await tool(context, name, rest, {
      script: path.join(root, script),
    });
    return counted(lastVerdict(result.output), result);
  },
});

const templates = {
  name: 'templates',
  title: 'Golden paths: the generated services work',
  async run(context) {
    const result = await tool(context, 'templates', [], {
      script: path.join(root, 'scripts/templates/test.mjs'),
    });
    const lacking = [...result.output.matchAll(/^!! NOT PROVEN: (.*)$/gm)].map(
      ([, text]) => text,
    );
    return {
      ...counted(lastVerdict(result.output), result),
      figures: /^path .*\n(?:.+\n)+/m
        .exec(result.output)?.[0]
        .trimEnd()
        .split('\n'),
      notice:
        lacking.length > 0
          ? ['what this machine cannot prove:', ...lacking].join('\n   ')
          : undefined,
    };
  },
};

const browser = {
  name: 'browser',
  title: 'Tests in a browser',
  async run(context) {
    await prepare({ frontend: true, quiet: true });
    return runPlaywright(context, {
      name: 'browser',
      config: 'playwright.config.ts',
    });
  },
};

const production = {
  name: 'production',
  title: 'The installed bundle on PostgreSQL and with GitHub',
  needs: bundle,
  async run(context) {
    const env = { WAYMARK_PRODUCTION_DIR: bundleDirectory() };
    const tests = await runNodeTests(context, {
      name: 'production',
      folders: ['scripts/test/production'],
      env,
    });
    const walk = await runPlaywright(context, {
      name: 'production-browser',
      config: 'playwright.production.config.ts',
      env,
    });
    // Figures are printed, not demanded: machines differ
    const figures = walk.details?.match(/^(?:From the|Ready after) .*$/gm);
    return { ...together(tests, walk), figures };
  },
};

/** Runs at the same time as the one before it: they share nothing but time. */
const beside = stage => ({ ...stage, beside: true });

/** Everything `npm test` does, cheap before expensive. */
export const stages = [
  check('format', 'Formatting', ['prettier', '--check', '.']),
  beside(
    check('lint', 'Lint', [
      'backstage-cli',
      'repo',
      'lint',
      '--max-warnings=0',
    ]),
  ),
  beside(check('lint-scripts', 'Lint of the scripts', ['lint:scripts'])),
  beside(check('types', 'Types', ['tsc'])),
  nodeTests(
    'scripts',
    'Tests of the scripts',
    'scripts/test',
    'packages/audit-dependencies/test',
    'packages/report-event/test',
    'packages/report-facts/test',
  ),
  unit,
  bundle,
  templates,
  beside(
    counting('recovery', 'A run survives a crash of the backend', [
      'scripts/fault/golden-path.mjs',
      '--only',
      'created',
    ]),
  ),
  browser,
  beside(production),
];
