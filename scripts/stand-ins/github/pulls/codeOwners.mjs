const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** A pattern of CODEOWNERS as a regular expression; gitignore's rules. */
function toRegex(pattern) {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const body = pattern
    .replace(/^\//, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?/g, match => {
      if (match.startsWith('**')) {
        return '.*';
      }
      return match === '*' ? '[^/]*' : '[^/]';
    });
  const tail = pattern.endsWith('/') ? '.*' : '(/.*)?';
  return new RegExp(`^${anchored ? '' : '(.*/)?'}${body}${tail}$`);
}

function parse(text) {
  return text
    .split('\n')
    .map(line => line.replace(/#.*$/, '').trim())
    .filter(Boolean)
    .map(line => {
      const [pattern, ...owners] = line.split(/\s+/);
      return { regex: toRegex(pattern), owners };
    });
}

/**
 * Who owns the given files at a commit: handles such as `@org/team` and `@user`.
 * The last pattern that matches a file decides.
 */
export async function codeOwnersOf(git, commit, files) {
  for (const place of PLACES) {
    const entry = await git.entry(commit, place);
    if (entry?.type === 'blob') {
      const rules = parse((await git.blob(entry.sha)).toString());
      return new Set(
        files.flatMap(
          file => rules.findLast(({ regex }) => regex.test(file))?.owners ?? [],
        ),
      );
    }
  }
  return new Set();
}
