/**
 * `yarn templates:test [name …] [--update] [--no-project] [--break]`
 *
 * Renders each golden path through the real scaffolder of a portal of its own,
 * clones what came out and holds it to account, down to its own pipeline. A path
 * that proposes a change has it looked at and merged instead.
 *
 *   --update      take the rendered files as the new expected ones
 *   --no-project  leave out the pipelines of the generated projects
 *   --break       only break every promise in its layer, and see what finds it;
 *                 done with everything else where no name is given
 *
 * With REQUIRE_TOOLCHAINS=1 what cannot be proven on this machine is a failure.
 */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Reporter } from './lib/reporter.mjs';
import { testTemplates } from './lib/test-templates.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    update: { type: 'boolean', default: false },
    break: { type: 'boolean', default: false },
    'no-project': { type: 'boolean', default: false },
  },
});

const known = readdirSync(new URL('./paths/', import.meta.url))
  .map(file => file.replace(/\.mjs$/, ''))
  .sort();
const unknown = positionals.filter(name => !known.includes(name));
if (unknown.length > 0) {
  console.error(
    `There is no golden path ${unknown.join(', ')}; there is ${known.join(
      ', ',
    )}`,
  );
  process.exit(2);
}

const names = positionals.length > 0 ? positionals : known;
const paths = await Promise.all(
  names.map(async name => (await import(`./paths/${name}.mjs`)).path),
);
// What one path has made is what another one upgrades
for (const { upgrades } of paths) {
  if (upgrades && !names.includes(upgrades)) {
    paths.push((await import(`./paths/${upgrades}.mjs`)).path);
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
