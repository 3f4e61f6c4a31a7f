import type {
  UpgradeFile,
  UpgradePreview,
  UpgradeStatus,
  UpgradeVersion,
} from '../api';

/**
 * What readers call a version: the author's number where there is one.
 *
 * @internal
 */
export function nameOfVersion(version: UpgradeVersion): string {
  return version.pathVersion ?? digestOf(version);
}

/**
 * Enough of a version's digest to tell it from others: a layer may change while the
 * author's number of the path stays.
 *
 * @internal
 */
export function digestOf({ version }: { version: string }): string {
  return version.replace(/^sha256:/, '').slice(0, 8);
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

const files = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? `file ${one}` : `files ${many}`}`;

/**
 * What an upgrade comes to, in one line.
 *
 * @internal
 */
export function describeCounts(counts: UpgradePreview['counts']): string {
  const { added, changed, removed, kept, conflicts } = counts;
  const words = [
    added && files(added, 'is new', 'are new'),
    changed && files(changed, 'changes', 'change'),
    removed && files(removed, 'goes', 'go'),
    kept && files(kept, 'stays yours', 'stay yours'),
    conflicts > 0
      ? `${conflicts} ${
          conflicts === 1 ? 'conflict' : 'conflicts'
        } to be solved`
      : 'no conflicts',
  ].filter(Boolean);
  return `${words.join(', ')}.`;
}
