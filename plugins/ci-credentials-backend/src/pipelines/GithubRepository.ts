import { GithubHost } from '@waymark/plugin-ci-credentials-node';

/**
 * A repository on a GitHub host, in lower case: GitHub makes no difference.
 *
 * @internal
 */
export interface GithubRepository {
  host: string;
  /** `<owner>/<repository>` */
  slug: string;
}

const SLUG = /^[a-z0-9_.-]{1,100}\/[a-z0-9_.-]{1,100}$/;
const SUBJECT_PREFIX = 'ci:github:';

/** @internal */
export function parseSlug(text: string): string | undefined {
  const slug = text.toLowerCase();
  return SLUG.test(slug) ? slug : undefined;
}

/**
 * The address of the repository's page. Over an open connection only when the host
 * itself signs the tokens over one, which the configuration allows on this machine
 * alone.
 *
 * @internal
 */
export function repositoryUrl(
  repository: GithubRepository,
  host: GithubHost,
): string {
  const issuer = new URL(host.issuer);
  const protocol = issuer.host === host.host ? issuer.protocol : 'https:';
  return `${protocol}//${repository.host}/${repository.slug}`;
}

/** @internal */
export function toSubject(repository: GithubRepository): string {
  return `${SUBJECT_PREFIX}${repository.host}:${repository.slug}`;
}

/** @returns undefined for subjects of others */
export function fromSubject(subject: string): GithubRepository | undefined {
  if (!subject.startsWith(SUBJECT_PREFIX)) {
    return undefined;
  }
  // The host may have a port
  const colon = subject.lastIndexOf(':');
  const host = subject.slice(SUBJECT_PREFIX.length, colon);
  const slug = parseSlug(subject.slice(colon + 1));
  return host && slug ? { host, slug } : undefined;
}
