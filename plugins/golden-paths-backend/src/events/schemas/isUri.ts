import { isIPv6 } from 'node:net';

/** Appendix B of RFC 3986. */
const PARTS =
  /^(?:(?<scheme>[^:/?#]+):)?(?:\/\/(?<authority>[^/?#]*))?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?$/s;

const PCHAR = "[A-Za-z0-9\\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2}";
const SCHEME = /^[A-Za-z][A-Za-z0-9+\-.]*$/;
const PATH = new RegExp(`^(?:${PCHAR}|/)*$`);
const QUERY = new RegExp(`^(?:${PCHAR}|[/?])*$`);
const USER = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*$/;
const NAME = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
const FUTURE = /^v[0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+$/i;

/**
 * Whether a text is a `URI` of RFC 3986: one with a scheme.
 *
 * @internal
 */
export function isUri(text: string): boolean {
  return isUriReference(text) && /^[^:/?#]+:/.test(text);
}

/**
 * Whether a text is a `URI-reference` of RFC 3986. The empty text is one.
 *
 * @internal
 */
export function isUriReference(text: string): boolean {
  const { scheme, authority, path, query, fragment } =
    PARTS.exec(text)?.groups ?? {};
  if (path === undefined) {
    return false;
  }
  if (scheme === undefined && authority === undefined) {
    // Else it would be taken for a scheme
    const [first] = path.split('/');
    if (first.includes(':')) {
      return false;
    }
  }
  return (
    (scheme === undefined || SCHEME.test(scheme)) &&
    (authority === undefined || isAuthority(authority)) &&
    PATH.test(path) &&
    (query === undefined || QUERY.test(query)) &&
    (fragment === undefined || QUERY.test(fragment))
  );
}

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : authority.slice(0, at);
  const host = authority.slice(at + 1).replace(/:\d*$/, '');
  if (!USER.test(user)) {
    return false;
  }
  if (host.startsWith('[') && host.endsWith(']')) {
    const literal = host.slice(1, -1);
    // Zones are not of RFC 3986
    return FUTURE.test(literal) || (isIPv6(literal) && !literal.includes('%'));
  }
  return NAME.test(host);
}
