/**
 * Brings the package-lock.json of a skeleton in line with its package.json, or
 * takes newer releases of the packages named.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  assertKnown,
  NotPossible,
  readCommandLine,
  runCommand,
} from './lib/command-line.mjs';

const templates = fileURLToPath(new URL('../../templates/', import.meta.url));
const skeletonOf = name => join(templates, name, 'skeleton');
const hasLock = name => existsSync(join(skeletonOf(name), 'package-lock.json'));
const standIn = 'a-name-that-no-package-has';

const usage = `Usage: yarn templates:lock <name> [package …]

Brings the package-lock.json of a skeleton in line with its package.json, or takes
newer releases of the packages named.`;

runCommand(() => {
  const {
    positionals: [name, ...packages],
  } = readCommandLine({ usage });
  if (!name) {
    throw new NotPossible(usage);
  }
  const known = readdirSync(templates).filter(other =>
    existsSync(skeletonOf(other)),
  );
  assertKnown(name, known);
  if (!hasLock(name)) {
    throw new NotPossible(
      `templates/${name}/skeleton has no package-lock.json; there is one in ${known
        .filter(hasLock)
        .join(', ')}`,
    );
  }
  updateLock(skeletonOf(name), packages);
  console.log(`templates/${name}/skeleton/package-lock.json

Next: yarn templates:test ${name} --update`);
});

function updateLock(skeleton, packages) {
  const scratch = mkdtempSync(join(tmpdir(), 'waymark-lock-'));
  try {
    const manifest = readFileSync(join(skeleton, 'package.json'), 'utf8')
      .replace('${{ values.name }}', standIn)
      .replace('${{ values.description | dump }}', '""');
    writeFileSync(join(scratch, 'package.json'), manifest);
    const old = readFileSync(join(skeleton, 'package-lock.json'), 'utf8');
    writeFileSync(
      join(scratch, 'package-lock.json'),
      old.replaceAll('${{ values.name }}', standIn),
    );
    execFileSync(
      'npm',
      [
        packages.length > 0 ? 'update' : 'install',
        ...packages,
        '--package-lock-only',
        '--ignore-scripts',
        // Where this machine fetches packages from is nobody else's affair
        '--omit-lockfile-registry-resolved',
      ],
      { cwd: scratch, stdio: 'inherit' },
    );
    const lock = readFileSync(join(scratch, 'package-lock.json'), 'utf8');
    writeFileSync(
      join(skeleton, 'package-lock.json'),
      lock.replaceAll(standIn, '${{ values.name }}'),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
