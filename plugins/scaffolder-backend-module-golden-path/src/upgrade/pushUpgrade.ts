import { ConflictError } from '@backstage/errors';
import { GitError } from '../git/runGit';
import { ComponentSource } from '../propose/ComponentSources';
import { TEMPLATE_BRANCH } from '../publish/provenance';
import { CommittedUpgrade } from './commitUpgrade';
import { ExaminedRepository } from './examineRepository';
import { UpgradeError } from './UpgradeError';
import { UpgradeRequest } from './UpgradeRequest';

/**
 * Somebody was faster.
 *
 * @internal
 */
export class MovedError extends ConflictError {}

/**
 * Pushes what is generated now and the branch that is proposed, both or none.
 *
 * @throws MovedError when one of them was moved since the repository was looked at
 * @throws UpgradeError when the rules of the host keep the portal from it
 * @internal
 */
export async function pushUpgrade(options: {
  request: UpgradeRequest;
  source: ComponentSource;
  repository: ExaminedRepository;
  committed: CommittedUpgrade;
}): Promise<void> {
  const { request, source, repository, committed } = options;
  const { git, refs, templateHead } = repository;
  const { branch, commit, templateCommit } = committed;
  const { host, address, repository: hosted } = source.target;
  const remote = await host.gitRemote(address);
  request.logger.info(`Pushing ${branch} and ${TEMPLATE_BRANCH}`);
  try {
    await git.move({
      remote,
      moves: [
        ...(templateCommit === templateHead
          ? []
          : [
              {
                branch: TEMPLATE_BRANCH,
                from: templateHead,
                to: templateCommit,
              },
            ]),
        { branch, from: refs.get(`refs/heads/${branch}`), to: commit },
      ],
    });
  } catch (error) {
    const after = await git.listRemoteRefs(remote).catch(() => undefined);
    // The answer may be all that was lost
    if (
      after?.get(`refs/heads/${branch}`) === commit &&
      after.get(`refs/heads/${TEMPLATE_BRANCH}`) === templateCommit
    ) {
      return;
    }
    if (
      after &&
      [branch, TEMPLATE_BRANCH].some(
        name =>
          after.get(`refs/heads/${name}`) !== refs.get(`refs/heads/${name}`),
      )
    ) {
      throw new MovedError(
        `${hosted.url} was changed while the upgrade was made; try again`,
      );
    }
    if (
      error instanceof GitError &&
      /protected|GH006|GH013|declined/i.test(error.stderr)
    ) {
      throw new UpgradeError(
        'host',
        `${
          host.host
        } refuses to let the portal push ${branch} or ${TEMPLATE_BRANCH} to ${
          hosted.url
        }: take these branches out of the rules that protect branches there, or let the portal's account pass them. It said: ${error.stderr
          .trim()
          .slice(-300)}`,
      );
    }
    throw error;
  }
}
