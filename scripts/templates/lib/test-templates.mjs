import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPortal } from '../../lib/portal.mjs';
import { checkEditor } from '../checks/editor.mjs';
import { checkForeign, foreignName } from '../checks/foreign.mjs';
import { checkParts } from '../checks/parts.mjs';
import { checkRefusals, eventually, repositories } from '../checks/portal.mjs';
import { copyTemplates, newPath } from './own-templates.mjs';
import { pool } from './pool.mjs';
import { printTable } from './print-table.mjs';
import { assertNone } from './reporter.mjs';
import { testBreakages } from './test-breakages.mjs';
import { testPath } from './test-path.mjs';
import { prepareProposal, testProposal } from './test-proposal.mjs';

/**
 * Tries paths on one portal: all answers of all paths at the same time as what
 * has to be refused, as far as the machine bears it, and beside the pipelines of
 * the projects what happens when a layer is broken.
 */
export async function testTemplates(options) {
  const { reporter, withPaths, complete } = options;
  const scratch = mkdtempSync(join(tmpdir(), 'waymark-templates-'));
  const section = reporter.section('The portal');
  let portal;
  try {
    // Layers are broken in a copy, and one template is added to it
    const copy = copyTemplates(scratch);
    const started = await section.check('a portal of its own', async () => {
      portal = await startPortal({
        frontend: false,
        configs: [copy.config],
        timeoutMs: 300_000,
      });
      await untilRegistered(portal, copy.names);
    });
    if (!started) {
      return;
    }
    const context = {
      ...options,
      ...copy,
      portal,
      scratch,
      section,
      slots: { render: pool(3), project: pool(2) },
    };
    if (!withPaths) {
      await testLayers({ ...context, exported: {} });
      return;
    }
    if (complete) {
      const added = await import(join(copy.descriptions, `${newPath}.mjs`));
      context.paths = [...options.paths, added.path];
    }
    await testPaths(context);
  } finally {
    section.end();
    await portal?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A portal that is ready may have more to read. */
async function untilRegistered(portal, names) {
  let missing;
  await eventually(async () => {
    const { items } = await portal.json('/api/catalog/entities/by-refs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        entityRefs: names.map(name => `template:default/${name}`),
        fields: ['kind'],
      }),
    });
    missing = names.filter((_, index) => !items[index]);
    return missing.length === 0;
  }, 120_000);
  assertNone(missing.map(name => `the catalog has no template ${name}`));
}

async function testPaths(context) {
  const { portal, scratch, complete } = context;
  const paths = await Promise.all(
    context.paths.map(path =>
      path.proposes ? prepareProposal({ path, portal, scratch }) : path,
    ),
  );
  const refused = refuseAnswers({ ...context, paths });

  const table = [];
  const trials = paths
    .filter(({ upgrades }) => !upgrades)
    .map(path => {
      const figures = { name: path.name };
      table.push(figures);
      const options = { ...context, path, figures };
      return {
        name: path.name,
        ...(path.proposes
          ? // What is proposed once is refused from then on
            { ended: refused.then(() => testProposal(options).ended) }
          : testPath(options)),
      };
    });
  // From here on layers are changed, which everything is rendered from
  await Promise.all([
    refused,
    ...trials.map(({ rendered }) => rendered),
    complete && checkForeign(context),
  ]);
  for (const path of paths) {
    if (trials.some(({ name }) => name === path.upgrades)) {
      await path.test(context);
    }
  }
  if (complete) {
    await testLayers({
      ...context,
      exported: Object.fromEntries(
        trials.map(({ name, exported }) => [name, exported]),
      ),
    });
  }
  await Promise.all(trials.map(({ ended }) => ended));
  printFigures(table);
}

/** What must make nothing, beside what makes something. */
async function refuseAnswers({ paths, ...context }) {
  const { portal, section } = context;
  const before = await repositories(portal);
  await Promise.all([
    ...paths.map(path => checkRefusals({ ...context, path })),
    checkEditor({ ...context, paths }),
  ]);
  await section.check('refusals and dry runs left nothing behind', async () => {
    const meant = [
      ...paths.flatMap(({ matrix }) => matrix.map(({ values }) => values.name)),
      // Made with the first service that is delivered
      'gitops',
      foreignName,
    ];
    const after = await repositories(portal);
    assertNone(
      after.filter(
        name => !before.includes(name) && !meant.includes(name.split('/')[1]),
      ),
    );
  });
}

/** What is left when a part is left out, and what is found when a layer is broken. */
async function testLayers(context) {
  const path = context.paths.find(({ parts = [] }) =>
    parts.includes('kubernetes'),
  );
  if (path) {
    await checkParts({ ...context, path });
  }
  await testBreakages(context);
}

/** What there is of each path, of its plain answers. */
function printFigures(table) {
  const columns = [
    'files',
    'manifests',
    'schemas',
    'queries',
    'tests',
    'coverage',
    'seconds',
  ];
  printTable(
    ['path', ...columns],
    table
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(row => [row.name, ...columns.map(key => row[key] ?? '–')]),
  );
}
