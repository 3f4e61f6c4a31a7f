import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** What benchmarks and fault tests of upgrades do in place of authors and owners. */

const layer = 'ownership';

/** A file that the layer brings and the path manages. */
export const managedFile = 'renovate.json';

/**
 * Copies the golden paths, so that a version of a layer can be brought out.
 *
 * @returns where they are, and the configuration of a portal that renders from there
 */
export function copyTemplates(directory) {
  const templates = path.join(directory, 'templates');
  cpSync(path.join(root, 'templates'), templates, { recursive: true });
  return {
    templates,
    config: {
      scaffolder: { goldenPath: { layers: path.join(templates, 'layers') } },
    },
  };
}

/** Brings out a version of a layer, as its author does; returns what is new in it. */
export function releaseLayer(templates, number) {
  const folder = path.join(templates, 'layers', layer);
  const change = (file, pattern, text) => {
    const before = readFileSync(file, 'utf8');
    const after = before.replace(pattern, text);
    if (after === before) {
      throw new Error(`${file} does not have ${pattern}`);
    }
    writeFileSync(file, after);
  };
  const line = `  "timezone": "Etc/GMT+${number}",\n`;
  change(
    path.join(folder, 'layer.yaml'),
    /^version: .+$/m,
    `version: 99.0.${number}`,
  );
  change(
    path.join(folder, 'content', managedFile),
    /^\{\n(?: {2}"timezone": .+\n)?/,
    `{\n${line}`,
  );
  return line;
}

/** Merges a proposal on the page of the forge. */
export async function mergeProposal(portal, proposal) {
  const page = await (await fetch(proposal.url)).text();
  const field = name =>
    new RegExp(`name="${name}" value="([0-9a-f]+)"`).exec(page)?.[1] ?? '';
  const response = await fetch(proposal.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: portal.url,
      authorization: `Basic ${Buffer.from(
        `waymark:${portal.forgePassword}`,
      ).toString('base64')}`,
    },
    body: new URLSearchParams({
      base_commit: field('base_commit'),
      head_commit: field('head_commit'),
    }),
  });
  if (response.status !== 303) {
    throw new Error(`Merging ${proposal.url} answers ${response.status}`);
  }
}
