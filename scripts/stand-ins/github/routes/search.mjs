import { validationFailed } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { repositoryShape } from '../shapes/repository.mjs';
import { levelOf } from '../state/access.mjs';

function parseQuery(text) {
  const qualifiers = {};
  const words = [];
  for (const part of text.split(/\s+/).filter(Boolean)) {
    const colon = part.indexOf(':');
    if (colon > 0) {
      qualifiers[part.slice(0, colon)] = part.slice(colon + 1);
    } else {
      words.push(part);
    }
  }
  return { qualifiers, words };
}

function fits(path, { filename, path: folder, extension }) {
  const name = path.split('/').at(-1);
  return (
    (!filename || name === filename) &&
    (!folder || path.startsWith(folder.replace(/^\//, ''))) &&
    (!extension || name.endsWith(`.${extension}`))
  );
}

async function filesOf(repository, { qualifiers, words }) {
  const { git, defaultBranch } = repository;
  const commit = await git.resolve(defaultBranch);
  if (!commit) {
    return [];
  }
  const found = [];
  for (const entry of await git.tree(commit, { recursive: true })) {
    if (entry.type === 'blob' && fits(entry.path, qualifiers)) {
      const text =
        words.length > 0 ? (await git.blob(entry.sha)).toString() : '';
      if (words.every(word => text.includes(word))) {
        found.push({ repository, entry });
      }
    }
  }
  return found;
}

/** Search in the default branches: by file name, folder, ending and words. */
export function addSearchRoutes(router) {
  router.get('/search/code', async context => {
    const { state, principal, query } = context;
    const text = query.get('q') ?? '';
    if (!text.trim()) {
      throw validationFailed([
        { resource: 'Search', field: 'q', code: 'missing' },
      ]);
    }
    const wanted = parseQuery(text);
    const { repo, org, user } = wanted.qualifiers;
    const owner = org ?? user;
    const found = [];
    for (const repository of state.repositories.values()) {
      const named =
        (!repo || repo.toLowerCase() === repository.fullName.toLowerCase()) &&
        (!owner ||
          owner.toLowerCase() === repository.owner.login.toLowerCase());
      if (named && levelOf(repository, principal) !== 'none') {
        found.push(...(await filesOf(repository, wanted)));
      }
    }
    const answer = await page(
      context,
      found,
      ({ repository, entry }) => ({
        name: entry.path.split('/').at(-1),
        path: entry.path,
        sha: entry.sha,
        url: `${state.apiUrl}/repos/${repository.fullName}/contents/${entry.path}?ref=${repository.defaultBranch}`,
        git_url: `${state.apiUrl}/repos/${repository.fullName}/git/blobs/${entry.sha}`,
        html_url: `${state.url}/${repository.fullName}/blob/${repository.defaultBranch}/${entry.path}`,
        repository: repositoryShape(state, repository),
        score: 1,
      }),
      'items',
    );
    answer.body.incomplete_results = false;
    return answer;
  });
}
