import { createHash } from 'node:crypto';

/** Of the column, with room for what stands in front. */
const MAX_LENGTH = 400;

/** Where forges begin to speak of something within a repository. */
const WITHIN =
  /\/(-|tree|blob|src|raw|edit|commits?|pulls?|issues|actions|deployments|releases|pipelines)(\/|$)/;

/**
 * By its full ref.
 *
 * @internal
 */
export function refKey(ref: string): string {
  return key('ref', ref.toLocaleLowerCase('en-US'));
}

/** @internal */
export function isRefKey(text: string): boolean {
  return text.startsWith('ref:');
}

/**
 * The ref in a key of one.
 *
 * @internal
 */
export function refOfKey(text: string): string {
  return text.slice('ref:'.length);
}

/**
 * By what the annotation `waymark.dev/delivery-subject` names.
 *
 * @internal
 */
export function subjectKey(subject: string): string {
  return key('subject', subject);
}

/**
 * By the name of an application of Argo CD.
 *
 * @internal
 */
export function argocdKey(application: string): string {
  return key('argocd', application);
}

/**
 * The label by which applications of Argo CD say whose they are.
 *
 * @internal
 */
export const ARGOCD_NAME_LABEL = 'app.kubernetes.io/name';

/**
 * By the name in that label.
 *
 * @internal
 */
export function argocdNameKey(name: string): string {
  return key('argocd-label', `${ARGOCD_NAME_LABEL}=${name}`);
}

/**
 * By the address of a repository, or of something within it; `undefined` for what is
 * no address.
 *
 * @internal
 */
export function repositoryKey(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return undefined;
  }
  const { host, pathname } = new URL(address);
  const [path] = pathname.split(WITHIN);
  const repository = path.replace(/\/+$/, '').replace(/\.git$/, '');
  return repository.split('/').length > 2
    ? key('repository', `${host}${repository}`.toLocaleLowerCase('en-US'))
    : undefined;
}

/**
 * A package URL without version and qualifiers; anything else as it is.
 *
 * @internal
 */
export function withoutVersion(artifact: string): string {
  return artifact.startsWith('pkg:') ? artifact.split(/[@?#]/)[0] : artifact;
}

function key(kind: string, value: string): string {
  const short =
    value.length <= MAX_LENGTH
      ? value
      : createHash('sha256').update(value).digest('hex');
  return `${kind}:${short}`;
}
