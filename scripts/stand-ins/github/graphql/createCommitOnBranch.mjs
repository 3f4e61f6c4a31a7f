import { changeRefs } from '../git/changeRefs.mjs';
import { GithubError } from '../http/GithubError.mjs';
import { assertMayChange } from '../routes/protectionRules.mjs';
import { appMay, atLeast, levelOf } from '../state/access.mjs';
import { actorOf } from '../state/principal.mjs';
import { typedError, unresolved } from './errors.mjs';
import { commitNode, refNode } from './repositories.mjs';

function repositoryFor({ state, principal }, name) {
  const repository = state.repositories.get(name);
  const level = repository ? levelOf(repository, principal) : 'none';
  if (level === 'none') {
    throw unresolved('a Repository', `the name '${name}'`);
  }
  const may =
    principal.kind === 'installation'
      ? appMay(principal, 'contents:write')
      : atLeast(level, 'push');
  if (!may) {
    throw typedError('FORBIDDEN', 'Resource not accessible by integration');
  }
  return repository;
}

/** The mutation that lets GitHub itself write a commit. */
export async function createCommitOnBranch({ input }, context) {
  const { state, principal } = context;
  const { branch, message, fileChanges, expectedHeadOid } = input;
  const repository = repositoryFor(
    context,
    branch.repositoryNameWithOwner ?? '',
  );
  const { git } = repository;
  const name = (branch.branchName ?? '').replace(/^refs\/heads\//, '');
  const actor = actorOf(principal);
  const sha = await changeRefs(state, repository, actor, async () => {
    const before = (await git.branches()).get(name);
    if (!before) {
      throw unresolved('a Ref', `the name '${name}'`);
    }
    if (before !== expectedHeadOid) {
      throw typedError(
        'STALE_DATA',
        `Expected branch to point to "${expectedHeadOid}" but it did not. Pull and try again.`,
      );
    }
    try {
      assertMayChange(repository, { branch: name, principal });
    } catch (error) {
      if (error instanceof GithubError) {
        throw typedError('UNPROCESSABLE', error.message);
      }
      throw error;
    }
    const changes = [];
    for (const { path, contents } of fileChanges?.additions ?? []) {
      const content = Buffer.from(contents, 'base64');
      changes.push({ path, sha: await git.writeBlob(content) });
    }
    for (const { path } of fileChanges?.deletions ?? []) {
      changes.push({ path, sha: null });
    }
    const commit = await git.writeCommit({
      tree: await git.writeTree(`${before}^{tree}`, changes),
      parents: [before],
      message: [message.headline, message.body].filter(Boolean).join('\n\n'),
      author: { name: actor.name ?? actor.login, email: actor.email },
    });
    await git.updateRef(`refs/heads/${name}`, commit);
    return commit;
  });
  return {
    clientMutationId: input.clientMutationId,
    commit: () => commitNode(context, repository, sha),
    ref: () => refNode(context, repository, `refs/heads/${name}`, sha),
  };
}
