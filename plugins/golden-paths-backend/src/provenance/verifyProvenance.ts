import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import {
  Provenance,
  PROVENANCE_PATH,
  ProvenanceProblem,
  TEMPLATE_BRANCH,
} from './Provenance';
import { Branch } from './readBranch';

/** More of the same tell no more. */
const MAX_FILES_NAMED = 10;

/**
 * Whether Git bears out what a repository says of its origin: the branch with what
 * was generated stands at the commit that is named, and holds the files that are
 * named and no others. Where the run is still known, it has to have made this very
 * service from the same template.
 *
 * @returns what speaks against it
 * @internal
 */
export function verifyProvenance(options: {
  entityRef: string;
  provenance: Provenance;
  /** Undefined: there is no such branch. */
  branch: Branch | undefined;
  run: ScaffolderRun | undefined;
}): ProvenanceProblem[] {
  const { entityRef, provenance, branch, run } = options;
  if (!branch) {
    return [{ message: `There is no branch ${TEMPLATE_BRANCH}` }];
  }
  const problems: ProvenanceProblem[] = [];
  if (!isCommit(branch.etag, provenance.commit)) {
    problems.push({
      message: `The branch ${TEMPLATE_BRANCH} stands at ${short(
        branch.etag,
      )}, and not at ${short(
        provenance.commit,
      )}, which ${PROVENANCE_PATH} names`,
    });
  }
  const differing = [...provenance.files]
    .filter(([path, hash]) => !branch.hashes.get(path)?.includes(hash))
    .map(([path]) => path);
  for (const path of differing.slice(0, MAX_FILES_NAMED)) {
    problems.push({
      path,
      message: branch.hashes.has(path)
        ? `On the branch ${TEMPLATE_BRANCH} it is not what ${PROVENANCE_PATH} says`
        : `It is not on the branch ${TEMPLATE_BRANCH}`,
    });
  }
  if (differing.length > MAX_FILES_NAMED) {
    problems.push({
      message: `… and ${differing.length - MAX_FILES_NAMED} more files`,
    });
  }
  for (const path of branch.others) {
    problems.push({
      path,
      message: `It is on the branch ${TEMPLATE_BRANCH}, and not in ${PROVENANCE_PATH}`,
    });
  }
  if (run?.entityRef !== undefined && run.entityRef !== entityRef) {
    problems.push({
      message: `The run that it names made ${run.entityRef}`,
    });
  }
  if (run?.templateRef && run.templateRef !== provenance.templateRef) {
    problems.push({
      message: `The run that it names used ${run.templateRef}`,
    });
  }
  return problems;
}

/** Some hosts shorten the ids of commits. */
function isCommit(etag: string, commit: string): boolean {
  return /^[0-9a-f]{12,64}$/.test(etag) && commit.startsWith(etag);
}

function short(commit: string): string {
  return commit.slice(0, 10);
}
