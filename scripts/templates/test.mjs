/**
 * `yarn templates:test [name …] [--update] [--no-project]`
 *
 * Renders each golden path through the real scaffolder of a portal of its own,
 * clones what came out and holds it to account, down to its own pipeline. A path
 * that proposes a change has it looked at and merged instead.
 *
 *   --update      take the rendered files as the new expected ones
 *   --no-project  leave out the pipeline of the generated project
 */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Reporter } from './lib/reporter.mjs';
import { testPath } from './lib/test-path.mjs';
import { testProposal } from './lib/test-proposal.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    update: { type: 'boolean', default: false },
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

const reporter = new Reporter();
for (const name of positionals.length > 0 ? positionals : known) {
  const { path } = await import(`./paths/${name}.mjs`);
  const test = path.proposes ? testProposal : testPath;
  await test({
    path,
    reporter,
    update: options.update,
    withProject: !options['no-project'],
  });
}
process.exitCode = reporter.finish();
