import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const layers = fileURLToPath(
  new URL('../../../templates/layers/', import.meta.url),
);

/** Which files belong to which part, and what it needs, as the layers say. */
export const partsOfLayers = readdirSync(layers)
  .map(layer => join(layers, layer, 'layer.yaml'))
  .filter(existsSync)
  .map(file => parse(readFileSync(file, 'utf8')).parts ?? {})
  .reduce((all, parts) => {
    for (const [name, { needs = [], files = [] }] of Object.entries(parts)) {
      const known = all[name] ?? { needs: [], files: [] };
      all[name] = {
        needs: [...known.needs, ...needs],
        files: [...known.files, ...files],
      };
    }
    return all;
  }, {});

/** Whether a file is one of some parts. */
export function belongsTo(file, parts) {
  return parts.some(part =>
    partsOfLayers[part]?.files.some(glob => posix.matchesGlob(file, glob)),
  );
}

/** A part with those that cannot be without it, as the form takes them along. */
export function withDependents(part) {
  const parts = [part];
  for (const name of parts) {
    parts.push(
      ...Object.keys(partsOfLayers).filter(
        other =>
          partsOfLayers[other].needs.includes(name) && !parts.includes(other),
      ),
    );
  }
  return parts;
}

/** What the form is told of parts that are left out. */
export function leaveOut(parts) {
  return parts.map(part => ({
    part,
    reason: `Another team cares for ${part}.`,
  }));
}
