/**
 * Enough of the digest of a version to tell it from others.
 *
 * @internal
 */
export function nameOfVersion(version: string): string {
  return version.replace(/^sha256:/, '').slice(0, 12) || 'Not known';
}
