import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import { GeneratedCommit } from './GeneratedCommits';
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
 * Whether Git, and what the portal wrote down, bear out what a repository says of its
 * origin: the commit that it names is what the branch with what was generated stands
 * at, or stood at before later versions were generated upon it, and holds the files
 * that are named and no others. What the portal wrote down of that commit has to agree
 * with the run, the template, the version and the service. Where the run is known, it
 * has to have made this very service from the same template.
 *
 * Whoever may push can name any commit, and push any commit to any branch. So a branch
 * proves nothing by itself, whatever it holds, and not even that the named commit is
 * among its ancestors: a commit of one's own can be put between. What a repository says
 * counts where the portal has written down that it generated the named commit there,
 * and every step from it to the head, before it pushed them. Where it has written
 * nothing down, as of a repository that another portal made or after its records were
 * lost, all is only claimed until an upgrade that it generates is merged.
 *
 * @returns what speaks against it
 * @internal
 */
export function verifyProvenance(options: {
  entityRef: string;
  provenance: Provenance;
  /** Head of the branch. Undefined: there is no such branch. */
  head: string | undefined;
  /** What the named commit holds; where it does not count, the branch. */
  branch: Branch | undefined;
  run: ScaffolderRun | undefined;
  /** What the portal generated in the repository. */
  generated: readonly GeneratedCommit[];
}): ProvenanceProblem[] {
  const { entityRef, provenance, head, branch, run, generated } = options;
  if (!branch || head === undefined) {
    return [{ message: `There is no branch ${TEMPLATE_BRANCH}` }];
  }
  const problems: ProvenanceProblem[] = [];
  if (!leadsTo({ head, commit: provenance.commit, generated })) {
    problems.push({
      message: `The branch ${TEMPLATE_BRANCH} stands at ${short(
        head,
      )}, and not at ${short(
        provenance.commit,
      )}, which ${PROVENANCE_PATH} names`,
    });
  }
  if (generated.length === 0) {
    problems.push({
      message:
        'It is only claimed: this portal has not written down that it generated anything in this repository',
    });
  } else if (!generated.some(({ commit }) => commit === provenance.commit)) {
    problems.push({
      message: `This portal did not generate ${short(
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
  return [
    ...problems,
    ...runProblems({ entityRef, provenance, run, generated }),
  ];
}

function runProblems(options: {
  entityRef: string;
  provenance: Provenance;
  run: ScaffolderRun | undefined;
  generated: readonly GeneratedCommit[];
}): ProvenanceProblem[] {
  const { entityRef, provenance, run, generated } = options;
  const problems: ProvenanceProblem[] = [];
  // By the commit, which Git holds it to; all else it may say as it likes
  const records = generated.filter(
    ({ commit }) => commit === provenance.commit,
  );
  if (records.length > 0) {
    // Several runs may have come to the same commit
    const [closest] = records
      .map(record => ({
        record,
        found: recordProblems({ entityRef, provenance, record }),
      }))
      .sort((a, b) => a.found.length - b.found.length);
    problems.push(...closest.found);
    if (closest.record.entityRef !== undefined) {
      // An upgrade is a run of another template
      return problems;
    }
  } else {
    const other = generated.find(item => item.run === provenance.run);
    if (other) {
      problems.push({
        message: `The run that it names generated ${short(other.commit)}`,
      });
    }
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

/** What a record of the named commit says otherwise, as far as it says it. */
function recordProblems(options: {
  entityRef: string;
  provenance: Provenance;
  record: GeneratedCommit;
}): ProvenanceProblem[] {
  const { entityRef, provenance, record } = options;
  const problems: ProvenanceProblem[] = [];
  const { commit, run, templateRef, version } = provenance;
  if (record.run !== run) {
    problems.push({
      message: `It does not name the run that generated ${short(commit)}`,
    });
  }
  if (record.entityRef !== undefined && record.entityRef !== entityRef) {
    problems.push({
      message: `${short(commit)} was generated for ${record.entityRef}`,
    });
  }
  if (record.templateRef !== undefined && record.templateRef !== templateRef) {
    problems.push({
      message: `${short(commit)} was generated from ${record.templateRef}`,
    });
  }
  if (record.version !== undefined && record.version !== version) {
    problems.push({
      message: `${short(commit)} was generated from another version, ${
        record.version
      }`,
    });
  }
  return problems;
}

/**
 * Whether a branch that stands at `head` holds a commit, by what the portal wrote down
 * of each step that it took.
 *
 * @internal
 */
export function leadsTo(options: {
  head: string;
  commit: string;
  generated: readonly GeneratedCommit[];
}): boolean {
  const { head, commit, generated } = options;
  if (isCommit(head, commit)) {
    return true;
  }
  const parents = new Map(
    generated.map(item => [item.commit, item.parent] as const),
  );
  let at = generated.find(item => isCommit(head, item.commit))?.commit;
  // No longer than there are steps, whatever is written down
  for (let steps = 0; at !== undefined && steps <= parents.size; steps++) {
    if (at === commit) {
      return true;
    }
    at = parents.get(at);
  }
  return false;
}

/** Some hosts shorten the ids of commits. */
function isCommit(etag: string, commit: string): boolean {
  return /^[0-9a-f]{12,64}$/.test(etag) && commit.startsWith(etag);
}

function short(commit: string): string {
  return commit.slice(0, 10);
}
