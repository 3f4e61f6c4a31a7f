import { stripVTControlCharacters } from 'node:util';
import { parseArguments } from '../arguments.mjs';
import { describeError, UserError } from '../errors.mjs';
import { checkGit } from '../machine.mjs';
import { prepare } from '../prepare.mjs';
import { formatDuration, step } from '../progress.mjs';
import { stopChildren } from '../run.mjs';
import { stages } from './stages.mjs';

const usage = `Usage: npm test [-- --only <stage>[,<stage>…]] [--verbose]
Stages: ${stages.map(({ name }) => name).join(', ')}`;

/** `npm test`: provides what is needed, runs everything, sums it up. */
export async function main(args = process.argv.slice(2)) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stopChildren('SIGTERM');
      process.exitCode = 130;
      setTimeout(() => process.exit(130), 5000).unref();
    });
  }
  try {
    await test(args, totals);
  } catch (error) {
    console.error(`\n${describeError(error)}\n`);
    totals.failed += 1;
  }
  console.log(summary(totals));
  process.exitCode ||= totals.failed > 0 ? 1 : 0;
}

async function test(args, totals) {
  const options = parseArguments(args, {
    flags: ['verbose'],
    values: ['only'],
    usage,
  });
  const chosen = choose(options.only);
  checkGit();
  const tools = await prepare({ frontend: false });

  const results = [];
  for (const group of groupsOf(chosen, options)) {
    if (process.exitCode === 130) {
      throw new UserError('Stopped.');
    }
    const ended = await Promise.all(
      group.map(stage => runStage(stage, tools, options)),
    );
    results.push(...ended);
    for (const result of ended) {
      for (const key of Object.keys(totals)) {
        totals[key] += result[key];
      }
    }
  }

  console.log('\nStage       Passed Failed Skipped Time');
  for (const { stage, passed, failed, skipped, ms } of results) {
    const cells = [passed, failed, skipped].map(n => String(n).padStart(6));
    console.log(
      `${stage.name.padEnd(11)} ${cells.join(' ')}  ${formatDuration(ms)}`,
    );
  }
  for (const { stage, figures } of results) {
    if (figures) {
      console.log(`\n${[`${stage.name}:`, ...figures].join('\n   ')}`);
    }
  }
  for (const { stage, notice } of results) {
    if (notice) {
      console.log(`\n!! ${stage.name}: ${notice}`);
    }
  }
  console.log('');
}

function choose(only) {
  if (only === undefined) {
    return stages;
  }
  const names = only.split(',');
  for (const name of names) {
    if (!stages.some(stage => stage.name === name)) {
      throw new UserError(`There is no stage "${name}".`, usage.split('\n'));
    }
  }
  const chosen = stages.filter(({ name }) => names.includes(name));
  const needed = new Set(chosen.map(({ needs }) => needs));
  return stages.filter(stage => chosen.includes(stage) || needed.has(stage));
}

/** Stages that run at the same time, where nobody watches a single line move. */
function groupsOf(chosen, { verbose }) {
  const alone = verbose || (process.stdout.isTTY && !process.env.CI);
  const groups = [];
  for (const stage of chosen) {
    if (stage.beside && !alone && groups.length > 0) {
      groups[groups.length - 1].push(stage);
    } else {
      groups.push([stage]);
    }
  }
  return groups;
}

async function runStage(stage, tools, { verbose }) {
  const started = Date.now();
  let result;
  const attempt = async () => {
    result = await stage.run({ ...tools, verbose });
    // A stage that ran nothing has shown nothing
    if (result.passed + result.failed + result.skipped === 0) {
      result = { ...result, failed: 1, details: 'No test was run.' };
    }
    if (result.failed > 0) {
      throw new UserError(`${result.failed} failed`);
    }
  };
  try {
    await (verbose
      ? attempt()
      : step(`${stage.title} [${stage.name}]`, attempt));
  } catch (error) {
    result ??= { passed: 0, failed: 1, details: describeError(error) };
    const lines = stripVTControlCharacters(result.details ?? '')
      .trim()
      .split('\n')
      .slice(-80);
    console.log(lines.map(line => `    ${line}`).join('\n'));
    if (result.logFile) {
      console.log(`    The whole output: ${result.logFile}`);
    }
  }
  return {
    skipped: 0,
    ...result,
    failed: Math.max(result.failed, 0),
    stage,
    ms: Date.now() - started,
  };
}

function summary({ passed, failed, skipped }) {
  const parts = [`${passed} passed`, `${failed} failed`];
  if (skipped > 0) {
    parts.push(`${skipped} skipped`);
  }
  return parts.join(', ');
}
