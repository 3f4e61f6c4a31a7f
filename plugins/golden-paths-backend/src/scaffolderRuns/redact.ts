/** More does not help in a list. */
const MAX_LENGTH = 500;

const SECRETS: [RegExp, string][] = [
  // Names and passwords in addresses
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,500}@/gi, '$1'],
  [/\b(bearer|basic|token)\s+[\w.~+/=-]{8,}/gi, '$1 …'],
  [
    /\b([\w-]{0,40}(?:token|secret|password|passwd|api[-_]?key|private[-_]?key|credential)s?["']?\s*[:=]\s*)["']?[^\s"',;&]{1,500}/gi,
    '$1…',
  ],
  // As GitHub, GitLab, Slack, Amazon and this portal begin theirs; JSON Web Tokens
  [
    /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|wmk_|AKIA|eyJ)[\w.-]{8,}/g,
    '…',
  ],
  [/-----BEGIN [^-]{1,50}-----[\s\S]*?(?:-----END [^-]{1,50}-----|$)/g, '…'],
];

/**
 * The message of an error as it may be shown to everybody: one line, shortened, and
 * without what looks like a secret.
 *
 * @internal
 */
export function redact(message: string): string {
  // Before anything else is looked for in a text of any length
  let text = message.slice(0, 10 * MAX_LENGTH);
  for (const [pattern, replacement] of SECRETS) {
    text = text.replace(pattern, replacement);
  }
  text = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return text.length > MAX_LENGTH
    ? `${text.slice(0, MAX_LENGTH - 1).toWellFormed()}…`
    : text.toWellFormed();
}
