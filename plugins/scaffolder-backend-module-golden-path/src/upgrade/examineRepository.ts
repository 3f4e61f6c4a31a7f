import { GitRepository } from '../git/GitRepository';
import { ComponentSource } from '../propose/ComponentSources';
import { PROVENANCE_PATH, TEMPLATE_BRANCH } from '../publish/provenance';
import { readProvenance, ReadProvenance } from './readProvenance';
import { assertOwnTemplateBranch } from './templateBranch';
import { UpgradeError } from './UpgradeError';
import { UpgradeStore } from './UpgradeStore';

/**
 * A repository with all that an upgrade of it needs.
 *
 * @internal
 */
export interface ExaminedRepository {
  git: GitRepository;
  /** All its branches and tags. */
  refs: Map<string, string>;
  /** Head of the default branch. */
  mainHead: string;
  /** Head of the branch with what was generated. */
  templateHead: string;
  provenance: ReadProvenance;
  /**
   * The commit on the default branch that brought what was generated last, and with
   * which everything was merged: what Git goes from in the next merge. Undefined
   * where the branch no longer has it, as after a squash.
   */
  merged: string | undefined;
  /** The latest of the earlier ones, where there is none of the last. */
  earlier: string | undefined;
}

/**
 * Fetches a repository and looks whether it can be upgraded.
 *
 * @throws UpgradeError when it cannot
 * @internal
 */
export async function examineRepository(options: {
  source: ComponentSource;
  store: UpgradeStore;
  directory: string;
  signal?: AbortSignal;
}): Promise<ExaminedRepository> {
  const { source, store, directory, signal } = options;
  const { host, address, repository } = source.target;
  const { defaultBranch } = repository;
  const remote = await host.gitRemote(address);
  const git = await GitRepository.create({ directory, signal });
  const refs = await git.listRemoteRefs(remote);

  // The whole history: the last merge may be far back
  const mainHead = await git.fetch({ remote, branch: defaultBranch });
  const content = await git.content(mainHead, PROVENANCE_PATH);
  if (content === undefined) {
    throw noPath(source);
  }
  const provenance = readProvenance(content);
  await assertOwnTemplateBranch({ source, store, refs, provenance });
  const templateHead = await git.fetch({ remote, branch: TEMPLATE_BRANCH });
  if (!(await git.isAncestor(provenance.commit, templateHead))) {
    throw new UpgradeError(
      'foreign-template-branch',
      `The branch ${TEMPLATE_BRANCH} does not hold the commit ${provenance.commit}, which ${PROVENANCE_PATH} names: it was rewritten. Put it back with: git push --force origin ${provenance.commit}:refs/heads/${TEMPLATE_BRANCH}`,
    );
  }
  return {
    git,
    refs,
    mainHead,
    templateHead,
    provenance,
    ...(await findMerged({ git, mainHead, templateHead, provenance })),
  };
}

/** @internal */
export function noPath(source: ComponentSource): UpgradeError {
  return new UpgradeError(
    'no-path',
    `${source.component} was not made by a golden path: ${source.repositoryUrl} has no ${PROVENANCE_PATH} on its branch ${source.target.repository.defaultBranch}`,
  );
}

/**
 * Looks for the commits that recorded on the default branch what was generated: they
 * hold exactly that and the provenance, and came of the branch with what was
 * generated.
 */
async function findMerged(options: {
  git: GitRepository;
  mainHead: string;
  templateHead: string;
  provenance: ReadProvenance;
}): Promise<{ merged: string | undefined; earlier: string | undefined }> {
  const { git, mainHead, templateHead, provenance } = options;
  let earlier: string | undefined;
  for (const { id, parents } of await git.history(mainHead, PROVENANCE_PATH)) {
    const [generated] = parents;
    if (generated === provenance.commit) {
      const changes = await git.changes(generated, id);
      if (changes.size === 1 && changes.has(PROVENANCE_PATH)) {
        return { merged: id, earlier: undefined };
      }
    }
    if (
      earlier === undefined &&
      generated !== undefined &&
      (await git.isAncestor(generated, templateHead))
    ) {
      earlier = id;
    }
  }
  return { merged: undefined, earlier };
}
