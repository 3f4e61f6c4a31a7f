const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const STATUS = { A: 'added', D: 'removed', R: 'renamed', C: 'copied' };

function parseNames(text) {
  const parts = text.split('\0').filter(part => part !== '');
  const files = [];
  while (parts.length > 0) {
    const letter = parts.shift()[0];
    const first = parts.shift();
    const second = letter === 'R' || letter === 'C' ? parts.shift() : undefined;
    files.push({
      status: STATUS[letter] ?? 'modified',
      filename: second ?? first,
      ...(second && { previous_filename: first }),
    });
  }
  return files;
}

/**
 * The files between two commits as the API lists them, renames found by Git.
 *
 * @param {string | undefined} from a commit; undefined for the start of all
 */
export async function changedFiles(state, repository, from, to) {
  const { git, fullName } = repository;
  const range = [from ?? EMPTY_TREE, to];
  const names = parseNames(
    await git.text(['diff', '-z', '-M', '--name-status', ...range]),
  );
  return Promise.all(
    names.map(async file => {
      const paths = [file.previous_filename, file.filename].filter(Boolean);
      const patch = await git.text(['diff', '-M', ...range, '--', ...paths]);
      const hunks = patch.slice(Math.max(0, patch.indexOf('\n@@') + 1));
      const lines = hunks.split('\n');
      const additions = lines.filter(line => /^\+/.test(line)).length;
      const deletions = lines.filter(line => /^-/.test(line)).length;
      const sha = await git.attempt(['rev-parse', `${to}:${file.filename}`]);
      return {
        sha: sha ?? null,
        ...file,
        additions,
        deletions,
        changes: additions + deletions,
        blob_url: `${state.url}/${fullName}/blob/${to}/${file.filename}`,
        raw_url: `${state.url}/${fullName}/raw/${to}/${file.filename}`,
        contents_url: `${state.apiUrl}/repos/${fullName}/contents/${file.filename}?ref=${to}`,
        ...(hunks.startsWith('@@') && { patch: hunks }),
      };
    }),
  );
}
