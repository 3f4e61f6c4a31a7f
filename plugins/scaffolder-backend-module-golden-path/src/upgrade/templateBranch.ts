import { ComponentSource } from '../propose/ComponentSources';
import { PROVENANCE_PATH, TEMPLATE_BRANCH } from '../publish/provenance';
import { ReadProvenance } from './readProvenance';
import { UpgradeError } from './UpgradeError';
import { UpgradeStore } from './UpgradeStore';

/**
 * Sees to it that the branch with what was generated holds that and nothing else:
 * what somebody else pushed there would be taken, by the merge, for what the path
 * generated, and what is not in the next version would be deleted.
 *
 * @throws UpgradeError when it does not
 * @internal
 */
export async function assertOwnTemplateBranch(options: {
  source: ComponentSource;
  store: UpgradeStore;
  refs: Map<string, string>;
  provenance: ReadProvenance;
}): Promise<void> {
  const { source, store, refs, provenance } = options;
  const { repository } = source.target;
  const head = refs.get(`refs/heads/${TEMPLATE_BRANCH}`);
  const restore = `git push --force origin ${provenance.commit}:refs/heads/${TEMPLATE_BRANCH}`;
  if (!head) {
    throw new UpgradeError(
      'no-template-branch',
      `${repository.url} has no branch ${TEMPLATE_BRANCH}, which keeps what was generated. Somebody who has the commit can put it back: ${restore}`,
    );
  }
  const generated = await store.generated({
    url: repository.url,
    host: source.target.host.host,
    id: repository.id,
  });
  const own = new Set(
    generated.flatMap(({ commit, parent }) =>
      parent ? [commit, parent] : [commit],
    ),
  );
  // A repository that the portal has no records of, as after a loss of its
  // database, is taken by its word
  if (own.size > 0 && !own.has(provenance.commit)) {
    throw new UpgradeError(
      'foreign-template-branch',
      `${PROVENANCE_PATH} names the commit ${provenance.commit}, which this portal did not generate; put back what it held when it was last merged`,
    );
  }
  if (head !== provenance.commit && !own.has(head)) {
    throw new UpgradeError(
      'foreign-template-branch',
      `The branch ${TEMPLATE_BRANCH} of ${repository.url} stands at ${head}, which this portal did not generate: somebody has pushed to it. Put it back with: ${restore}`,
    );
  }
}
