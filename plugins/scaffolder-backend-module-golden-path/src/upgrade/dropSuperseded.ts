import { ComponentSource } from '../propose/ComponentSources';
import { ExaminedRepository } from './examineRepository';
import { UpgradeRequest } from './UpgradeRequest';
import { UpgradeRecord } from './UpgradeStore';

/**
 * Takes back what was proposed of earlier versions: all of it is in the newest.
 * What people have added to a branch
 * stays, and so does the branch.
 *
 * @internal
 */
export async function dropSuperseded(options: {
  request: UpgradeRequest;
  source: ComponentSource;
  repository: ExaminedRepository;
  known: UpgradeRecord[];
  branch: string;
}): Promise<void> {
  const { request, source, repository, known, branch } = options;
  const { git, refs } = repository;
  const { host, address } = source.target;
  const names = new Set(known.map(record => record.branch));
  for (const name of names) {
    const head = name && refs.get(`refs/heads/${name}`);
    if (!name || !head || name === branch) {
      continue;
    }
    if (!known.some(({ commit }) => commit === head)) {
      request.logger.warn(
        `The branch ${name} of an earlier upgrade stays: somebody has added to it`,
      );
      continue;
    }
    try {
      await host.closeChange?.({
        address,
        branch: name,
        base: source.target.repository.defaultBranch,
        signal: request.signal,
      });
      await git.move({
        remote: await host.gitRemote(address),
        moves: [{ branch: name, from: head, to: undefined }],
      });
      request.logger.info(`Took back ${name}, which this upgrade replaces`);
    } catch (error) {
      request.logger.warn(
        `The branch ${name}, which this upgrade replaces, could not be deleted: ${error}`,
      );
    }
  }
}
