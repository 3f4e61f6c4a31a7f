import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { startPortal } from '../../lib/portal.mjs';
import { checkRefusals, repositories } from '../checks/portal.mjs';
import { pool } from './pool.mjs';
import { printTable } from './print-table.mjs';
import { assertNone } from './reporter.mjs';
import { testBreakages } from './test-breakages.mjs';
import { testPath } from './test-path.mjs';
import { prepareProposal, testProposal } from './test-proposal.mjs';

const templateLayers = fileURLToPath(
  new URL('../../../templates/layers/', import.meta.url),
);

/**
 * Tries paths on one portal: first everything that has to be refused, then all
 * answers of all paths at the same time, as far as the machine bears it, and
 * beside the pipelines of the projects what happens when a layer is broken.
 */
export async function testTemplates(options) {
  const { reporter, withPaths, withBreakages } = options;
  const scratch = mkdtempSync(join(tmpdir(), 'waymark-templates-'));
  const section = reporter.section('The portal');
  let portal;
  try {
    const layers = join(scratch, 'layers');
    const started = await section.check('a portal of its own', async () => {
      portal = await startOwnPortal({ scratch, layers });
    });
    if (!started) {
      return;
    }
    const context = {
      ...options,
      portal,
      scratch,
      layers,
      slots: { render: pool(4), project: pool(2) },
    };
    if (withPaths) {
      await testPaths({ ...context, section });
    } else if (withBreakages) {
      await testBreakages({ ...context, exported: {} });
    }
  } finally {
    section.end();
    await portal?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function testPaths(context) {
  const { paths, portal, scratch, section, withBreakages } = context;
  const prepared = await Promise.all(
    paths.map(path =>
      path.proposes ? prepareProposal({ path, portal, scratch }) : path,
    ),
  );
  const before = await repositories(portal);
  await Promise.all(prepared.map(path => checkRefusals({ ...context, path })));
  await section.check('refused answers left nothing behind', async () => {
    const after = await repositories(portal);
    assertNone(after.filter(name => !before.includes(name)));
  });

  const table = [];
  const trials = prepared.map(path => {
    const figures = { name: path.name };
    table.push(figures);
    const start = path.proposes ? testProposal : testPath;
    return start({ ...context, path, figures });
  });
  if (withBreakages) {
    // The layers are those that everything is rendered from
    await Promise.all(trials.map(({ rendered }) => rendered));
    await testBreakages({
      ...context,
      exported: Object.fromEntries(
        prepared.map(({ name }, index) => [name, trials[index].exported]),
      ),
    });
  }
  await Promise.all(trials.map(({ ended }) => ended));
  printFigures(table);
}

/** It renders from a copy of the layers, which can be broken. */
async function startOwnPortal({ scratch, layers }) {
  cpSync(templateLayers, layers, { recursive: true });
  const config = join(scratch, 'layers.yaml');
  writeFileSync(config, stringify({ scaffolder: { goldenPath: { layers } } }));
  return startPortal({ frontend: false, configs: [config] });
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
