import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ARGOCD_NAME_LABEL,
  argocdKey,
  argocdNameKey,
  refKey,
  repositoryKey,
  subjectKey,
} from './keys';

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

/** Where the catalog itself read the entity. */
const READ_FROM = 'backstage.io/managed-by-location';

/** @internal */
export interface EntityKey {
  key: string;
  /**
   * 1: of a repository that the entity only says to be of, or of a name that is not
   * its own. An entity that was read from there, or is called so, comes before it, so
   * that nobody takes events from another by a name.
   */
  rank: 0 | 1;
}

/**
 * By what events may name an entity.
 *
 * @internal
 */
export function entityKeys(entity: Entity): EntityKey[] {
  const annotations = entity.metadata.annotations ?? {};
  const readFrom = repositoryOf(annotations[READ_FROM]);
  const location =
    annotations['backstage.io/source-location'] ?? annotations[READ_FROM];
  const slug = annotations['github.com/project-slug'];
  const repositories = [
    repositoryOf(location),
    slug && repositoryKey(`https://${githubHost(location)}/${slug}`),
  ];
  const selected = selectedName(annotations['argocd/app-selector']);
  const foreign =
    selected !== undefined && selected !== entity.metadata.name
      ? argocdNameKey(selected)
      : undefined;
  const keys = new Set([
    refKey(stringifyEntityRef(entity)),
    ...list(annotations[SUBJECT_ANNOTATION]).map(subjectKey),
    ...list(annotations['argocd/app-name']).map(argocdKey),
    ...(selected ? [argocdNameKey(selected)] : []),
    ...repositories.flatMap(key => key || []),
  ]);
  return [...keys].map(key => ({
    key,
    rank:
      key === foreign || (repositories.includes(key) && key !== readFrom)
        ? 1
        : 0,
  }));
}

function repositoryOf(location: string | undefined): string | undefined {
  return location?.startsWith('url:')
    ? repositoryKey(location.slice('url:'.length))
    : undefined;
}

/** Other labels are of many applications; of a selector with more, nothing is guessed. */
function selectedName(selector: string | undefined): string | undefined {
  const [, label, value] =
    /^\s*([\w./-]+)\s*==?\s*([\w.-]+)\s*$/.exec(selector ?? '') ?? [];
  return label === ARGOCD_NAME_LABEL ? value : undefined;
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
