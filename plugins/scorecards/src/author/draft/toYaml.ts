import type { Entity } from '@backstage/catalog-model';

/** Annotations that the catalog adds to what a file says. */
const MADE_BY_CATALOG =
  /^backstage\.io\/(managed-by-|view-url|edit-url|source-location|orphan)/;

/**
 * The file that a scorecard of the catalog could come from: without what the catalog
 * has added, and without comments, which it does not keep.
 */
export async function toYaml(entity: Entity): Promise<string> {
  const { stringify } = await import('yaml');
  const { apiVersion, kind, metadata, spec } = entity;
  const { uid, etag, namespace, name, title, description, ...rest } = metadata;
  const annotations = Object.fromEntries(
    Object.entries(rest.annotations ?? {}).filter(
      ([key]) => !MADE_BY_CATALOG.test(key),
    ),
  );
  return stringify(
    {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace: namespace === 'default' ? undefined : namespace,
        title,
        description,
        ...rest,
        annotations:
          Object.keys(annotations).length > 0 ? annotations : undefined,
      },
      spec,
    },
    // An expression stays on its line
    { lineWidth: 0 },
  );
}
