export function artifactOf(name, version) {
  return `pkg:oci/${name}@${version}`;
}

/** A commit. */
export function revisionOf(random) {
  return Array.from({ length: 40 }, () =>
    Math.floor(random.next() * 16).toString(16),
  ).join('');
}
