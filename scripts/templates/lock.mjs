/**
 * `yarn templates:lock <name> [package …]`
 *
 * Brings the package-lock.json of a skeleton in line with its package.json, or
 * takes newer releases of the packages named.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const standIn = 'a-name-that-no-package-has';
const [name, ...packages] = process.argv.slice(2);
if (!name) {
  console.error('Usage: yarn templates:lock <name> [package …]');
  process.exit(2);
}
const skeleton = fileURLToPath(
  new URL(`../../templates/${name}/skeleton/`, import.meta.url),
);
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
