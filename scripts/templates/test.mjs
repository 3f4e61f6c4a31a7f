/**
 * Renders each golden path through the real scaffolder of a portal of its own,
 * clones what came out and holds it to account, down to its own pipeline. A path
 * that proposes a change has it looked at and merged instead.
 */
import { fileURLToPath } from 'node:url';
import {
  assertKnown,
  describedPaths,
  readCommandLine,
  runCommand,
} from './lib/command-line.mjs';
import { Reporter } from './lib/reporter.mjs';
import { testTemplates } from './lib/test-templates.mjs';

const folder = new URL('./paths/', import.meta.url);
const known = describedPaths(fileURLToPath(folder));

const usage = `Usage: yarn templates:test [name …] [--update] [--no-project] [--break]

Proves golden paths: ${known.join(', ')}.
Without a name, all of them and every breakage.

  --update      take the rendered files as the new expected ones
  --no-project  leave out the pipelines of the generated projects
  --break       only break every promise in its layer, and see what finds it

With REQUIRE_TOOLCHAINS=1 what cannot be proven on this machine is a failure.`;

runCommand(async () => {
  const { values: options, positionals } = readCommandLine({
    usage,
    options: {
      update: { type: 'boolean', default: false },
      break: { type: 'boolean', default: false },
      'no-project': { type: 'boolean', default: false },
    },
  });
  for (const name of positionals) {
    assertKnown(name, known);
  }

  const names = positionals.length > 0 ? positionals : known;
  const describe = async name =>
    (await import(new URL(`${name}.mjs`, folder))).path;
  const paths = await Promise.all(names.map(describe));
  // What one path has made is what another one upgrades
  for (const { upgrades } of paths) {
    if (upgrades && !names.includes(upgrades)) {
      paths.push(await describe(upgrades));
    }
  }
  const reporter = new Reporter();
  await testTemplates({
    paths,
    reporter,
    update: options.update,
    withPaths: !options.break,
    complete: positionals.length === 0,
    withProject: !options['no-project'],
  });
  process.exitCode = reporter.finish({
    strict: process.env.REQUIRE_TOOLCHAINS === '1',
  });
});
