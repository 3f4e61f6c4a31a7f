/**
 * An image of a container as a package URL, and the commit in its tag where it has
 * one.
 *
 * @param image - such as `registry.example/shop/checkout:4f2c1a9`
 * @internal
 */
export function readImage(image: string): {
  name: string;
  artifactId: string;
  revision?: string;
} {
  const [withTag, digest] = image.toWellFormed().split('@');
  const [, repository, tag] =
    /^(.+?)(?::([\w][\w.-]{0,127}))?$/.exec(withTag) ?? [];
  const path = repository ?? withTag;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const query = new URLSearchParams({
    ...(path !== name && { repository_url: path }),
    ...(tag && { tag }),
  }).toString();
  const version = digest ? `@${encodeURIComponent(digest)}` : '';
  return {
    name,
    artifactId: `pkg:oci/${encodeURIComponent(name.toLowerCase())}${version}${
      query && `?${query}`
    }`,
    revision: /(?:^|-)([0-9a-f]{7,40})$/.exec(tag ?? '')?.[1],
  };
}
