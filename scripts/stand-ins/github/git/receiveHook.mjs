import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Refuses pushes to protected branches and pushes of workflows without the
 * right to change them. Which these are is told by environment variables, which
 * `git http-backend` hands on.
 */
const SCRIPT = `#!/bin/sh
none=0000000000000000000000000000000000000000
failed=0
while read -r old new ref; do
  for protected in $STAND_IN_NO_PUSH; do
    if [ "$ref" = "$protected" ]; then
      echo "error: GH006: Protected branch update failed for $ref." >&2
      echo "error: Changes must be made through a pull request." >&2
      failed=1
    fi
  done
  for protected in $STAND_IN_NO_DELETION; do
    if [ "$ref" = "$protected" ] && [ "$new" = "$none" ]; then
      echo "error: GH006: Protected branch update failed for $ref." >&2
      echo "error: Cannot delete this protected branch" >&2
      failed=1
    fi
  done
  for protected in $STAND_IN_NO_FORCE; do
    if [ "$ref" = "$protected" ] && [ "$old" != "$none" ] && [ "$new" != "$none" ] &&
      ! git merge-base --is-ancestor "$old" "$new"; then
      echo "error: GH006: Protected branch update failed for $ref." >&2
      echo "error: Cannot force-push to this branch" >&2
      failed=1
    fi
  done
  if [ -n "$STAND_IN_NO_WORKFLOWS" ] && [ "$new" != "$none" ]; then
    file=$(git log --name-only --format= "$new" --not --all -- .github/workflows | head -n 1)
    if [ -n "$file" ]; then
      echo "refusing to allow $STAND_IN_NO_WORKFLOWS to create or update workflow \\\`$file\\\` without \\\`$STAND_IN_WORKFLOW_RIGHT\\\`" >&2
      failed=1
    fi
  fi
done
exit $failed
`;

export async function installHooks(directory) {
  const file = path.join(directory, 'hooks', 'pre-receive');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, SCRIPT);
  await chmod(file, 0o755);
}
