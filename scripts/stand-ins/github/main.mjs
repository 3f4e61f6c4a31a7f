import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startGithub } from './startGithub.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string' }, options: { type: 'string' } },
});
const options = values.options
  ? JSON.parse(readFileSync(values.options, 'utf8'))
  : {};
const github = await startGithub({
  ...options,
  ...(values.port && { port: Number(values.port) }),
});

let stopping;
const stop = () => {
  stopping ??= github.stop().finally(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// Whoever started it is gone: nobody would stop it any more
process.stdin.once('end', stop);
process.stdin.once('close', stop);
process.stdin.resume();

process.stdout.write(`${JSON.stringify(github)}\n`);
