import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPortal } from '../../lib/portal.mjs';
import { checkRefusals, repositories } from '../checks/portal.mjs';
import { pool } from './pool.mjs';
import { assertNone } from './reporter.mjs';
import { testPath } from './test-path.mjs';
import { prepareProposal, testProposal } from './test-proposal.mjs';

/**
 * Tries paths on one portal: first everything that has to be refused, then all
 * answers of all paths at the same time, as far as the machine bears it.
 */
export async function testTemplates({ paths, reporter, update, withProject }) {
  const scratch = mkdtempSync(join(tmpdir(), 'waymark-templates-'));
  const section = reporter.section('The portal');
  let portal;
  try {
    const started = await section.check('a portal of its own', async () => {
      portal = await startPortal({ frontend: false });
    });
    if (!started) {
      return;
    }
    const context = {
      portal,
      reporter,
      scratch,
      update,
      withProject,
      slots: { render: pool(4), project: pool(2) },
    };
    const prepared = await Promise.all(
      paths.map(path =>
        path.proposes ? prepareProposal({ path, portal, scratch }) : path,
      ),
    );

    const before = await repositories(portal);
    await Promise.all(
      prepared.map(path => checkRefusals({ ...context, path })),
    );
    await section.check('refused answers left nothing behind', async () => {
      const after = await repositories(portal);
      assertNone(after.filter(name => !before.includes(name)));
    });

    const table = [];
    await Promise.all(
      prepared.map(async path => {
        const figures = {};
        const test = path.proposes ? testProposal : testPath;
        await test({ ...context, path, figures });
        table.push({ name: path.name, ...figures });
      }),
    );
    printFigures(table);
  } finally {
    section.end();
    await portal?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
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
  const rows = table
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(row => [row.name, ...columns.map(key => String(row[key] ?? '–'))]);
  const widths = [['path', ...columns], ...rows].reduce(
    (known, row) =>
      row.map((cell, index) => Math.max(cell.length, known[index] ?? 0)),
    [],
  );
  const line = ([name, ...cells]) =>
    [
      name.padEnd(widths[0]),
      ...cells.map((cell, index) => cell.padStart(widths[index + 1])),
    ].join('  ');
  console.log(['', line(['path', ...columns]), ...rows.map(line)].join('\n'));
}
