import { DeclaredDeviation, partPath, Provenance } from './Provenance';
import { Branch } from './readBranch';

/**
 * A part of a golden path that is not as it was generated, or is said to be.
 *
 * @internal
 */
export interface FoundDeviation {
  /** Of a file, of a folder or of a part as it was declared. */
  path: string;
  /**
   * `left-out`: a part that was never generated; `declared`: it is said to
   * deviate, and does not.
   */
  kind: 'changed' | 'missing' | 'left-out' | 'declared';
  /** As declared. */
  reason?: string;
}

/**
 * What deviates among the files that have to stay as they were generated. Files that
 * one declaration is about are one deviation.
 *
 * @internal
 */
export function findDeviations(options: {
  provenance: Provenance;
  /** The files that have to stay as they were generated. */
  managed: ReadonlySet<string>;
  /** Whether the service has a part of the path: generated, or brought since. */
  isThere: (part: string) => boolean;
  /** Parts that were not generated, whether that is declared or not. */
  leftOut: readonly string[];
  /** The default branch. */
  branch: Pick<Branch, 'hashes'>;
}): FoundDeviation[] {
  const { provenance, managed, isThere, leftOut, branch } = options;
  const found = new Map<string, FoundDeviation>([
    ...leftOut.map((part): [string, FoundDeviation] => [
      partPath(part),
      { path: partPath(part), kind: 'left-out' },
    ]),
    ...provenance.deviations.map(
      ({ path, part, reason }): [string, FoundDeviation] => [
        path,
        {
          path,
          kind:
            // Whatever stands in its place: the path has not made it
            part === undefined || isThere(part) ? 'declared' : 'left-out',
          reason,
        },
      ],
    ),
  ]);
  for (const file of managed) {
    if (branch.hashes.get(file)?.includes(provenance.files.get(file) ?? '')) {
      continue;
    }
    const declared = provenance.deviations.find(deviation =>
      covers(deviation, file),
    );
    const path = declared?.path ?? file;
    const kind = branch.hashes.has(file) ? 'changed' : 'missing';
    found.set(path, {
      path,
      // Of a folder, the less surprising
      kind: found.get(path)?.kind === 'changed' ? 'changed' : kind,
      reason: declared?.reason,
    });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function covers({ path, part }: DeclaredDeviation, file: string): boolean {
  if (part !== undefined) {
    return false;
  }
  return path.endsWith('/') ? file.startsWith(path) : file === path;
}
