import type { UpgradeFile, UpgradeStatus, UpgradeVersion } from '../api';

/**
 * What readers call a version: the author's number where there is one.
 *
 * @internal
 */
export function nameOfVersion(version: UpgradeVersion): string {
  return (
    version.pathVersion ?? version.version.replace(/^sha256:/, '').slice(0, 8)
  );
}

/**
 * Path and version of a service, as in `HTTP API in Go 1.0.0`.
 *
 * @internal
 */
export function nameOfPath(status: UpgradeStatus): string {
  const { template, current } = status;
  return [
    template?.title ?? template?.ref ?? 'Golden path',
    current && nameOfVersion(current),
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * What an upgrade does to a file.
 *
 * @internal
 */
export function describeChange(file: UpgradeFile): string {
  switch (file.change) {
    case 'added':
      return 'Is new';
    case 'removed':
      return 'Goes';
    case 'kept':
      return 'Stays as it is';
    default:
      return file.previousPath ? `Moves from ${file.previousPath}` : 'Changes';
  }
}

/**
 * Whose a file is.
 *
 * @internal
 */
export function describePolicy(policy: UpgradeFile['policy']): string {
  return {
    managed: 'The golden path looks after it',
    merge: 'You and the golden path share it',
    once: 'It is yours: the golden path wrote it once',
  }[policy];
}

/**
 * What the owners of a service have done to a file.
 *
 * @internal
 */
export function describeYours(file: UpgradeFile): string | undefined {
  switch (file.yours) {
    case 'changed':
      return 'You changed it';
    case 'deleted':
      return 'You deleted it';
    case 'renamed':
      return file.yourPath
        ? `You renamed it to ${file.yourPath}`
        : 'You renamed it';
    default:
      return undefined;
  }
}

const plural = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

/**
 * What an upgrade comes to, in one line.
 *
 * @internal
 */
export function describeCounts(counts: {
  added: number;
  changed: number;
  removed: number;
  kept: number;
  conflicts: number;
}): string {
  const { added, changed, removed, kept, conflicts } = counts;
  return [
    added && plural(added, 'file is new', 'files are new'),
    changed && plural(changed, 'changes', 'change'),
    removed && plural(removed, 'goes', 'go'),
    kept && plural(kept, 'stays yours', 'stay yours'),
    conflicts
      ? plural(conflicts, 'conflict to be solved', 'conflicts to be solved')
      : 'no conflicts',
  ]
    .filter(Boolean)
    .join(', ')
    .concat('.');
}
