import { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * A GitHub host whose workflows the portal believes.
 *
 * @public
 */
export interface GithubHost {
  /** As in `integrations.github`: `github.com`, or that of an enterprise. */
  host: string;
  /** The `iss` of its tokens, exactly. */
  issuer: string;
  /** The `aud` that a workflow asks for, exactly. */
  audience: string;
  /**
   * The Git refs whose workflows are believed; one that ends with `*` stands for
   * all that begin like it.
   */
  refs: string[];
}

/**
 * Branches and tags. The ref of a pull request is `refs/pull/<number>/merge`:
 * its code is what somebody would like to be in the repository.
 */
const DEFAULT_REFS = ['refs/heads/*', 'refs/tags/*'];

/**
 * Reads `ciCredentials.github`.
 *
 * @throws Error that names the key, when one is missing or wrong
 * @public
 */
export function readGithubHosts(config: RootConfigService): GithubHost[] {
  const entries = config.getOptionalConfigArray('ciCredentials.github') ?? [];
  const hosts = entries.map((entry, index) => {
    const key = `ciCredentials.github[${index}]`;
    const host = entry.getString('host');
    if (!/^[a-z0-9.-]+(:\d+)?$/i.test(host)) {
      throw new Error(
        `Invalid configuration: ${key}.host must be a host name without protocol and path`,
      );
    }
    const issuer =
      entry.getOptionalString('issuer') ??
      (host === 'github.com'
        ? 'https://token.actions.githubusercontent.com'
        : `https://${host}/_services/token`);
    if (!isBaseUrl(issuer)) {
      throw new Error(
        `Invalid configuration: ${key}.issuer must be an https address (http on this machine only), without a slash at its end`,
      );
    }
    const refs = entry.getOptionalStringArray('refs') ?? DEFAULT_REFS;
    if (refs.some(ref => !/^refs\/[^*]*\*?$/.test(ref))) {
      throw new Error(
        `Invalid configuration: ${key}.refs must hold full refs such as refs/heads/main, with * at the end only`,
      );
    }
    return {
      host: host.toLowerCase(),
      issuer,
      audience: entry.getString('audience'),
      refs,
    };
  });
  for (const key of ['host', 'issuer'] as const) {
    if (new Set(hosts.map(host => host[key])).size < hosts.length) {
      throw new Error(
        `Invalid configuration: two entries of ciCredentials.github have the same ${key}`,
      );
    }
  }
  return hosts;
}

/** Keys that come over an open network could be anybody's. */
function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text) || text.endsWith('/')) {
    return false;
  }
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' ||
    (protocol === 'http:' &&
      ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  );
}
