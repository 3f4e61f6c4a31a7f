import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { root } from '../paths.mjs';
import { readConfigKeys } from './readConfigKeys.mjs';

/** The page that is made, relative to the top of the repository. */
export const configReferencePage = 'docs/configuration-reference.md';

const introduction = `# Configuration reference

Every key that Waymark adds to Backstage's own, as the packages describe them in their \`config.d.ts\`. What to set for which purpose: [Configuration](configuration.md).

\`<name>\` in a key stands for a name of your choice, \`[]\` for each entry of a list. A _duration_ is written as \`7d\`, \`15m\` or \`{ days: 7 }\`, a _schedule_ as \`{ frequency: …, timeout: …, initialDelay: … }\` of durations. _Secret_ values are kept out of logs and of the browser; those _seen in the browser_ can be read by everybody who opens the sign-in page.

<!-- Made by "yarn docs:configuration" from the config.d.ts of the packages. -->
`;

/** The page with all keys, as Prettier writes it. */
export async function renderConfigReference() {
  const sections = new Map();
  for (const entry of readAll()) {
    const [name] = entry.key.split(/[.[]/);
    sections.set(name, [...(sections.get(name) ?? []), entry]);
  }
  const page = [...sections]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, entries]) => renderSection(name, entries))
    .join('\n\n');
  const file = path.join(root, configReferencePage);
  return prettier.format(`${introduction}\n${page}\n`, {
    ...(await prettier.resolveConfig(file)),
    parser: 'markdown',
  });
}

function readAll() {
  return ['packages', 'plugins'].flatMap(parent =>
    readdirSync(path.join(root, parent))
      .map(name => `${parent}/${name}/config.d.ts`)
      .filter(file => existsSync(path.join(root, file)))
      .flatMap(file =>
        readConfigKeys(path.join(root, file)).map(entry => ({
          ...entry,
          file,
        })),
      ),
  );
}

function renderSection(name, entries) {
  const files = [...new Set(entries.map(({ file }) => `\`${file}\``))];
  // Several packages may describe one key
  const keys = [...new Set(entries.map(({ key }) => key))].sort();
  return [
    `## ${name}`,
    `From ${files.join(', ')}.`,
    ...keys.map(key => renderKey(entries.filter(entry => entry.key === key))),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function renderKey(entries) {
  const texts = new Set(entries.map(({ text }) => text).filter(Boolean));
  const types = new Set(entries.map(({ type }) => type).filter(Boolean));
  // A section that nobody says anything about is in the names of its keys
  if (texts.size === 0 && types.size === 0) {
    return undefined;
  }
  const visibilities = new Set(entries.map(({ visibility }) => visibility));
  const facts = [
    ...types,
    types.size > 0 && entries.some(({ required }) => required) && 'required',
    visibilities.has('secret') && 'secret',
    visibilities.has('frontend') && 'seen in the browser',
  ].filter(Boolean);
  return [
    `### \`${entries[0].key}\``,
    facts.length > 0 && `_${facts.join(', ').replaceAll('`', '')}_`,
    ...[...texts].map(renderText),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The default in a paragraph of its own, to be found at a glance. */
function renderText(text) {
  return text
    .replace(/\s*\n(?!\s*\n)\s*/g, ' ')
    .replace(/\s*\bDefault:\s*/g, '\n\n**Default:** ')
    .trim();
}
