/** The newest status of each context of a commit. */
export function newestStatuses(repository, sha) {
  const newest = new Map();
  for (const status of repository.statuses.get(sha) ?? []) {
    newest.set(status.context, status);
  }
  return [...newest.values()];
}

/** The newest check run of each name of a commit. */
export function newestCheckRuns(repository, sha) {
  const newest = new Map();
  for (const run of repository.checkRuns) {
    if (run.headSha === sha) {
      newest.set(run.name, run);
    }
  }
  return [...newest.values()];
}

/** Whether a status or a check run of this name is green. */
export function isGreen(repository, sha, context) {
  const status = newestStatuses(repository, sha).find(
    candidate => candidate.context === context,
  );
  const run = newestCheckRuns(repository, sha).find(
    ({ name }) => name === context,
  );
  return (
    status?.state === 'success' ||
    ['success', 'neutral', 'skipped'].includes(run?.conclusion)
  );
}
