import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.mjs';
import { root, toolsDir } from '../paths.mjs';
import { startPostgres } from '../postgres.mjs';
import { testDatabaseVariable } from '../postgres/main.mjs';
import { prepare } from '../prepare.mjs';
import { run } from '../run.mjs';
import { toolEnvironment } from '../toolchain.mjs';
import { chromiumHelp, findChromium } from './chromium.mjs';
import {
  jestFailures,
  lastVerdict,
  playwrightVerdict,
  tapVerdict,
} from './verdicts.mjs';

const reportsDir = path.join(toolsDir, 'reports');
const playwrightConfig = path.join('packages', 'app', 'playwright.config.ts');

/** Runs a program of the repository; its output is kept in a file of its own. */
async function tool(context, name, args, { env = {}, script } = {}) {
  mkdirSync(reportsDir, { recursive: true });
  return run(context.node, [script ?? context.yarn, ...args], {
    cwd: root,
    show: context.verbose,
    logFile: path.join(toolsDir, 'logs', `test-${name}.log`),
    env: {
      ...toolEnvironment(context.node),
      NODE_ENV: undefined,
      NODE_OPTIONS: undefined,
      FORCE_COLOR: undefined,
      NO_COLOR: '1',
      // No watch mode, no prompts
      CI: 'true',
      ...env,
    },
  });
}

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

/** The verdict of a program that counts, and its exit code, have to agree. */
function counted(verdict, { code, output, logFile }) {
  const failed = code !== 0 && verdict.failed === 0 ? 1 : verdict.failed;
  return { skipped: 0, ...verdict, failed, details: output, logFile };
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** The tests in a folder, run by Node itself. */
const nodeTests = (name, title, folder) => ({
  name,
  title,
  async run(context) {
    const directory = path.join(root, 'scripts', folder);
    const files = readdirSync(directory)
      .filter(name => name.endsWith('.test.mjs'))
      .map(name => path.join(directory, name));
    const result = await tool(
      context,
      name,
      ['--test-reporter=tap', ...files],
      { script: '--test' },
    );
    return counted(tapVerdict(result.output), result);
  },
});

const unit = {
  name: 'unit',
  title: 'Tests of the plugins',
  async run(context) {
    const report = path.join(reportsDir, 'jest.json');
    rmSync(report, { force: true });
    // Everything that keeps data is tested on both databases
    const postgres = await startPostgres();
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
        ],
        { env: { [testDatabaseVariable]: postgres.url } },
      );
    } finally {
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

const frontend = {
  name: 'frontend',
  title: 'The frontend builds',
  async run() {
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

const browser = {
  name: 'browser',
  title: 'Tests in a browser',
  async run(context) {
    await prepare({ frontend: true, quiet: true });
    const chromium = findChromium();
    const playwright = (args, env) =>
      tool(
        context,
        'browser',
        ['playwright', 'test', '--config', playwrightConfig, ...args],
        { env },
      );
    if (!chromium) {
      if (process.env.REQUIRE_BROWSER === '1') {
        throw new UserError('No Chromium was found.', chromiumHelp);
      }
      // Only to count them: no browser is started for that
      const listed = await playwright(['--list'], { CHROMIUM_PATH: 'none' });
      const total = Number(listed.output.match(/Total: (\d+) tests?/)?.[1]);
      return {
        passed: 0,
        failed: 0,
        skipped: total || 1,
        notice: ['skipped, there is no Chromium on this machine.']
          .concat(chromiumHelp)
          .join('\n   '),
      };
    }
    const report = path.join(reportsDir, 'playwright.json');
    rmSync(report, { force: true });
    const result = await playwright([], {
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    });
    return counted(playwrightVerdict(readReport(report)), result);
  },
};

/** Everything `npm test` does, cheap before expensive. */
export const stages = [
  check('format', 'Formatting', ['prettier', '--check', '.']),
  check('lint', 'Lint', ['backstage-cli', 'repo', 'lint', '--max-warnings=0']),
  check('types', 'Types', ['tsc']),
  nodeTests('scripts', 'Tests of the scripts', 'test'),
  unit,
  frontend,
  counting('templates', 'Golden paths: the generated services work', [
    'scripts/templates/test.mjs',
  ]),
  counting('recovery', 'A run survives a crash of the backend', [
    'scripts/fault/golden-path.mjs',
    '--only',
    'created',
  ]),
  browser,
  nodeTests(
    'production',
    'The installed bundle on PostgreSQL',
    'test/production',
  ),
];
