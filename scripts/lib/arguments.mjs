import { UserError } from './errors.mjs';

/**
 * Reads `--name value`, `--name=value` and `--flag`; anything unknown is an
 * error, since a misspelt option would be ignored otherwise.
 *
 * @param {string[]} args
 * @param {{ flags?: string[], values?: string[], usage: string }} known
 */
export function parseArguments(args, { flags = [], values = [], usage }) {
  const result = {};
  for (let index = 0; index < args.length; index++) {
    const [, name, , inline] =
      args[index].match(/^--([a-z-]+)(=(.*))?$/s) ?? [];
    if (flags.includes(name) && inline === undefined) {
      result[name] = true;
    } else if (values.includes(name)) {
      const value = inline ?? args[++index];
      if (value === undefined) {
        throw new UserError(`--${name} needs a value.`, [usage]);
      }
      result[name] = value;
    } else {
      throw new UserError(`Unknown argument: ${args[index]}`, [usage]);
    }
  }
  return result;
}
