/** The newest status of each context of a commit. */
export function newestStatuses(repository, sha) {
  const newest = new Map();
  for (const status of repository.statuses.get(sha) ?? []) {
    newest.set(status.context, status);
  }
  return [...newest.values()];
}
