import { isError } from '@backstage/errors';

const MAX_LENGTH = 500;

/** What must not get into a text that everybody reads who sees the entity. */
const SECRETS: readonly [RegExp, string][] = [
  // Names and passwords, and all that is asked for, in addresses
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi, '$1'],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#][^\s"'<>)\]}]*/gi, '$1'],
  [/\b(bearer|basic|token|authorization)([\s:=]+)[\w.~+/=-]{8,}/gi, '$1$2…'],
  [
    /\b([\w-]*(?:password|passwd|secret|token|api[-_]?key|credential)[\w-]*["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&]+)/gi,
    '$1…',
  ],
  // Tokens by their usual beginnings, and whatever looks like nothing but a key
  [/\b(?:gh[opsur]|github_pat|glpat|xox[abprs])[-_][\w-]{8,}/gi, '…'],
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, '…'],
  [/\b(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+-]{41,}={0,2}/g, '…'],
];

/**
 * What went wrong, for whoever sees the entity: one line, not long, without
 * secrets, whatever the message of the error holds.
 *
 * @internal
 */
export function failureText(error: unknown): string {
  const text = (isError(error) && error.message) || String(error);
  // What is cut off first cannot make the patterns slow
  const line = text
    .slice(0, 4 * MAX_LENGTH)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  const clean = SECRETS.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    line,
  );
  return clean.length > MAX_LENGTH
    ? `${clean.slice(0, MAX_LENGTH - 1)}…`
    : clean || 'It failed without saying why';
}
