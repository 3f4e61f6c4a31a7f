import { VersionChange } from '../render/versionChanges';

/**
 * What authors wrote about the versions after one, up to another.
 *
 * @param options - `from`: absent where nothing was there before, of which there is
 * nothing that changed
 * @internal
 */
export function changesBetween(options: {
  changes: VersionChange[];
  from: string | undefined;
  to: string | undefined;
}): VersionChange[] {
  const { changes, from, to } = options;
  return from === undefined
    ? []
    : changes.filter(
        ({ version }) =>
          compareVersions(version, from) > 0 &&
          (to === undefined || compareVersions(version, to) <= 0),
      );
}

/** Number by number, so that 1.10.0 comes after 1.9.0. */
function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en-US', { numeric: true });
}
