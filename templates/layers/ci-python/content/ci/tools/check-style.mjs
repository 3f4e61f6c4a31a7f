// Checks style and layout with Ruff, as pyproject.toml says, which comes as JSON on the
// standard input. With --write it lays the files out and sorts their imports.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const settings = JSON.parse(readFileSync(0, 'utf8')).tool?.ruff ?? {};
const workspaceOf = workspaces(settings);
const files = positionals.flatMap(folder =>
  readdirSync(folder, { recursive: true })
    .filter(path => path.endsWith('.py') && !path.includes('node_modules'))
    .map(path => join(folder, path))
    .sort(),
);
if (files.length === 0) {
  throw new Error(`There are no Python files in ${positionals.join(', ')}`);
}

const problems = [];
for (const file of files) {
  let source = readFileSync(file, 'utf8');
  const workspace = workspaceOf(file);
  if (values.write) {
    source = workspace.format(mended(workspace, source));
    writeFileSync(file, source);
  }
  for (const { code, message, start_location: start } of workspace.check(source)) {
    problems.push(`${file}:${start.row}:${start.column}: ${code ?? 'syntax'} ${message}`);
  }
  if (workspace.format(source) !== source) {
    problems.push(`${file}: is laid out otherwise; see ci/lint`);
  }
}
for (const problem of problems) {
  console.error(problem);
}
console.log(`${files.length} files, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Rules by file: this Ruff never learns the name of a file, so its per-file-ignores are ours. */
function workspaces({ lint, ...others }) {
  const { 'per-file-ignores': byFolder = {}, ...rules } = lint ?? {};
  const made = Object.entries({ '': [], ...byFolder }).map(([pattern, ignored]) => [
    pattern.replace(/\*+$/, ''),
    new Workspace(
      { ...others, lint: { ...rules, ignore: [...(rules.ignore ?? []), ...ignored] } },
      PositionEncoding.Utf32,
    ),
  ]);
  return file => made.findLast(([folder]) => file.startsWith(folder))[1];
}

/** The source with its imports in order. This Ruff does not say which other fixes are safe. */
function mended(workspace, source) {
  const unsorted = workspace.check(source).filter(({ code, fix }) => code === 'I001' && fix);
  // From the end, as each moves what comes after it
  for (const { fix } of unsorted.toReversed()) {
    for (const edit of fix.edits.toReversed()) {
      const [from, to] = [edit.location, edit.end_location].map(place => offsetOf(source, place));
      source = source.slice(0, from) + (edit.content ?? '') + source.slice(to);
    }
  }
  return source;
}

function offsetOf(source, { row, column }) {
  const lines = source.split('\n');
  const before = lines.slice(0, row - 1).join('\n').length + (row > 1 ? 1 : 0);
  return before + [...(lines[row - 1] ?? '')].slice(0, column - 1).join('').length;
}
