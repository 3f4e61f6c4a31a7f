import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_VIEW_URL,
  type Entity,
} from '@backstage/catalog-model';
import { safeUrl } from '@waymark/ui';

/** The page on which the entity's own file is changed, or at least seen. */
export function editUrl(entity: Entity): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const url =
    annotations[ANNOTATION_EDIT_URL] ?? annotations[ANNOTATION_VIEW_URL];
  return url ? safeUrl(url) : undefined;
}
