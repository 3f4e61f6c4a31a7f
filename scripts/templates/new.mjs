/**
 * Makes a template: the smallest there can be, or the form, the steps and the
 * files of a path that is there.
 */
import { fileURLToPath } from 'node:url';
import {
  NotPossible,
  readCommandLine,
  runCommand,
} from './lib/command-line.mjs';
import { newTemplate } from './lib/new-template.mjs';

const usage = `Usage: yarn templates:new <name> [--from <path>]

Makes a template that passes its proof: the smallest there can be.

  --from  takes the form, the steps and the files of a path that is there`;

runCommand(() => {
  const {
    values: { from },
    positionals: [name, ...more],
  } = readCommandLine({ usage, options: { from: { type: 'string' } } });
  if (name === undefined || more.length > 0) {
    throw new NotPossible(usage);
  }
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const written = newTemplate({ root, name, from });
  console.log(`${written.join('\n')}

Next:
  1. templates/${name}/template.yaml: what it says of itself, its form, its layers
  2. templates/${name}/skeleton/: the files that only it has
  3. scripts/templates/paths/${name}.mjs: what must be there, and how it is tried
  4. yarn templates:test ${name} --update
     proves it, and writes down the files it makes

A portal that runs shows it within three minutes under Create.
More: docs/authoring-templates.md`);
});
