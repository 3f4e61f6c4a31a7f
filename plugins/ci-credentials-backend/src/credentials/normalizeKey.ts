/**
 * One spelling for the address of a repository: hosts tell repositories apart
 * without regard to case, and events write their addresses with or without the
 * ending that Git uses.
 *
 * @internal
 */
export function normalizeKey(key: string): string {
  return key
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
