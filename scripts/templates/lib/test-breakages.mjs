import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDelivery } from '../checks/delivery.mjs';
import { findProblems } from '../checks/index.mjs';
import { breakages } from './breakages.mjs';
import { dryRun, readTemplate, writeFiles } from './dry-run.mjs';
import { Files } from './files.mjs';
import { printTable } from './print-table.mjs';
import { renderRepository } from './render.mjs';

/**
 * Breaks every promise once, in the layers that the portal renders from, and
 * demands that the check meant for it finds it, and no other does.
 *
 * @param {object} options
 * @param {object[]} options.paths where a breakage does not say which, node-api
 * @param {string} options.templates the folder that the portal reads templates
 * and their layers from
 * @param {Record<string, Promise<Map | undefined>>} options.exported the metrics
 * of the service of a path, by its name
 */
export async function testBreakages(options) {
  const { paths, reporter, exported } = options;
  const section = reporter.section('Breaking a layer');
  const byName = Object.fromEntries(paths.map(path => [path.name, path]));
  const rows = [];
  // What needs a service that has run comes last
  const ordered = breakages.toSorted(
    (a, b) => Number(a.needsService ?? false) - Number(b.needsService ?? false),
  );
  const sound = new Set();
  for (const breakage of ordered) {
    const path = byName[breakage.path ?? 'node-api'];
    if (!path) {
      continue;
    }
    const metrics = breakage.needsService
      ? await exported[path.name]
      : undefined;
    if (breakage.needsService && !metrics) {
      section.notProven(
        `${breakage.what}: the service of ${path.name} has not run`,
      );
      continue;
    }
    const attempt = { ...options, path, exported: metrics };
    if (!sound.has(path)) {
      sound.add(path);
      await section.check(`${path.name} as it is`, async () =>
        assertFound(await failing(attempt), undefined),
      );
    }
    await section.check(`${breakage.layer}: ${breakage.what}`, async () => {
      const found = await failing({ ...attempt, breakage });
      rows.push([breakage.layer, breakage.what, found.join(', ') || 'NOBODY']);
      assertFound(found, breakage.found);
    });
  }
  section.end();
  printTable(['layer', 'broken', 'found by'], rows);
}

function assertFound(found, wanted) {
  if (found.join() !== (wanted ?? '')) {
    throw new Error(
      `found by ${found.join(', ') || 'nobody'}, and not by ${
        wanted ?? 'nobody'
      } alone`,
    );
  }
}

/** The checks that find something in what the portal renders with one thing broken. */
async function failing({ breakage, ...context }) {
  const originals = new Map();
  try {
    for (const file of breakage?.files ?? []) {
      const location = join(
        context.templates,
        'layers',
        breakage.layer,
        'content',
        file,
      );
      const original = readFileSync(location, 'utf8');
      const text = breakage.edit(original);
      if (text === original) {
        throw new Error(`${file} is no longer what this breakage breaks`);
      }
      originals.set(location, original);
      if (text === undefined) {
        rmSync(location);
      } else {
        writeFileSync(location, text);
      }
    }
    return breakage?.needsRun
      ? await failingAfterRun({ ...context, breakage })
      : await failingFiles(context);
  } finally {
    for (const [location, text] of originals) {
      writeFileSync(location, text);
    }
  }
}

/** What a run without effects would make, held to what applies to files. */
async function failingFiles({ path, portal, scratch, templates, exported }) {
  const answers = answersOf(path);
  const directory = join(scratch, 'broken');
  const { files } = await dryRun({
    portal,
    values: answers.values,
    ...readTemplate(join(templates, path.name)),
  });
  rmSync(directory, { recursive: true, force: true });
  writeFiles(directory, files);
  const { results } = await findProblems({
    path,
    answers,
    files: new Files(
      directory,
      files.map(({ path: name }) => name),
    ),
    exported,
    provenance: false,
  });
  return results
    .filter(({ problems }) => problems.length > 0)
    .map(({ name }) => name);
}

/** What a run brings to where the service is delivered from. */
async function failingAfterRun({ path, portal, scratch, breakage }) {
  const answers = answersOf(path, breakages.indexOf(breakage));
  const directory = join(scratch, answers.values.name);
  await renderRepository({ path, answers, portal, directory });
  const found = [];
  await checkDelivery({
    answers,
    files: new Files(directory),
    portal,
    reporter: {
      check: (name, run) => run().catch(() => found.push(name)),
    },
  });
  return found;
}

/** The name as it is may be taken by now, and each run takes one more. */
function answersOf(path, run = 0) {
  const [{ values }] = path.matrix;
  return { values: { ...values, name: `broken-${run}-${values.name}` } };
}
