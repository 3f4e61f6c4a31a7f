import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { argocdKey, refKey, repositoryKey, subjectKey } from './keys';

/**
 * Names what events are about that are of this entity: subjects, artifacts, with
 * commas between them.
 *
 * @internal
 */
export const SUBJECT_ANNOTATION = 'waymark.dev/delivery-subject';

/**
 * The ref that the entity had before it was renamed.
 *
 * @internal
 */
export const PREVIOUS_REF_ANNOTATION = 'waymark.dev/previous-ref';

/**
 * By what events may name an entity.
 *
 * @internal
 */
export function entityKeys(entity: Entity): string[] {
  const annotations = entity.metadata.annotations ?? {};
  const location =
    annotations['backstage.io/source-location'] ??
    annotations['backstage.io/managed-by-location'];
  const slug = annotations['github.com/project-slug'];
  const addresses = [
    ...(location?.startsWith('url:') ? [location.slice('url:'.length)] : []),
    ...(slug ? [`https://${githubHost(location)}/${slug}`] : []),
  ];
  return [
    ...new Set([
      refKey(stringifyEntityRef(entity)),
      ...list(annotations[SUBJECT_ANNOTATION]).map(subjectKey),
      ...list(annotations['argocd/app-name']).map(argocdKey),
      ...addresses.flatMap(address => repositoryKey(address) ?? []),
    ]),
  ];
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(Boolean);
}

/** The annotation does not say it: that of the file, where it is one of GitHub. */
function githubHost(location: string | undefined): string {
  const address = location?.replace(/^url:/, '') ?? '';
  const host = URL.canParse(address) ? new URL(address).host : '';
  return host.includes('github') ? host : 'github.com';
}
