import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { ListedFile } from '../files/listFiles';
import { GitRepository } from '../git/GitRepository';
import { RepositoryAddress } from '../hosts/RepositoryAddress';
import { HostedRepository, RepositoryHost } from '../hosts/RepositoryHost';
import { settleRepository } from '../publish/settleRepository';
import { RunRepository, RunStore } from '../runs/RunStore';
import { EntryChangedError } from '../runs/EntryChangedError';
import { attempt, RaceError } from './attempt';

/** Stands for all runs: the repository is nobody's own, and no undo deletes it. */
const CLAIMANT = 'gitops';

const DEFAULT_BRANCH = 'main';

/** Somebody else's new repository is seen by then, if it is ever to be. */
const MOST_UNSEEN = 5;

/** The host has the name already, but did not show a repository of that name. */
class NameTakenError extends RaceError {}

/** @internal */
export interface GitopsClaim {
  store: RunStore;
  host: RepositoryHost;
  address: RepositoryAddress;
  /** What a new repository begins with. */
  files: ListedFile[];
  /** The team of the group that owns it. */
  team: string;
  author: GoldenPathConfig['author'];
  git: GitRepository;
  logger: LoggerService;
  signal?: AbortSignal;
}

/**
 * Sees to it that the GitOps repository exists and is set up. One that was there
 * already is used as it is.
 *
 * All runs share one entry. Several that come here at the same moment all do the
 * next thing that is missing; the host lets one of them create the repository and
 * one make its first commit, and the others go on from there. So does whoever
 * comes after a run that was killed.
 *
 * @throws InputError naming the setting
 * @internal
 */
export async function claimGitopsRepository(
  claim: GitopsClaim,
): Promise<HostedRepository> {
  let unseen = 0;
  return attempt({
    what: claim.host.repositoryUrl(claim.address),
    signal: claim.signal,
    async work() {
      try {
        return await claimOnce(claim);
      } catch (error) {
        if (error instanceof EntryChangedError) {
          throw new RaceError(error.message);
        }
        if (error instanceof NameTakenError && ++unseen === MOST_UNSEEN) {
          throw new InputError(error.message);
        }
        throw error;
      }
    },
  });
}

async function claimOnce(claim: GitopsClaim): Promise<HostedRepository> {
  const { store, host, address, logger, signal } = claim;
  let entry = await reserve(claim);
  let repository = await host.getRepository({ address, signal });
  if (!repository) {
    entry = await store.update(await forget(claim, entry), {
      intendedAt: new Date(),
    });
    repository = await create(claim);
    logger.info(`Created ${repository.url}, which Argo CD is to read`);
  }
  if (repository.archived) {
    throw new InputError(
      `scaffolder.goldenPath.gitops.repository: ${repository.url} is archived and takes no changes`,
    );
  }
  if (entry.repositoryId !== repository.id) {
    entry = await store.update(entry, {
      state: 'created',
      repositoryId: repository.id,
      defaultBranch: repository.empty
        ? DEFAULT_BRANCH
        : repository.defaultBranch,
    });
  }
  if (entry.state !== 'published') {
    await fill(claim, entry);
    entry = await store.update(entry, { state: 'published' });
  }
  // How a repository is set up that others made is their business
  if (entry.intendedAt) {
    entry = await settleRepository({ ...claim, entry });
  }
  return { ...repository, defaultBranch: entry.defaultBranch };
}

async function reserve(claim: GitopsClaim): Promise<RunRepository> {
  const { store, host, address } = claim;
  const url = host.repositoryUrl(address);
  const reservation = await store.reserve({
    taskId: CLAIMANT,
    address,
    url,
    defaultBranch: DEFAULT_BRANCH,
  });
  if (!reservation.held) {
    return reservation.entry;
  }
  if (reservation.holder.taskId === CLAIMANT) {
    throw new RaceError(`${url} is being reserved`);
  }
  throw new InputError(
    `scaffolder.goldenPath.gitops.repository: ${reservation.holder.url} is the repository of a service; name another one`,
  );
}

/** What is known of a repository that is not there, unless it is only out of sight. */
async function forget(
  claim: GitopsClaim,
  entry: RunRepository,
): Promise<RunRepository> {
  const { store, host, address, signal } = claim;
  if (entry.repositoryId === undefined) {
    return entry;
  }
  const doubt = await host.doubtAbsence?.({ address, signal });
  if (doubt !== undefined) {
    throw new InputError(
      `${host.host} does not show ${entry.url}, the GitOps repository, which need not be gone: ${doubt}. Give the credentials of the portal access to it and try again`,
    );
  }
  return store.update(entry, {
    state: 'creating',
    repositoryId: undefined,
    settled: [],
  });
}

async function create(claim: GitopsClaim): Promise<HostedRepository> {
  const { host, address, signal } = claim;
  try {
    return await host.createRepository({
      address,
      description: 'What runs where: read by Argo CD',
      defaultBranch: DEFAULT_BRANCH,
      signal,
    });
  } catch (error) {
    if (error instanceof NotFoundError) {
      throw new InputError(
        `scaffolder.goldenPath.gitops.owner: there is no organization '${
          address.organization
        }' on ${host.host} for the GitOps repository${host.absenceNote ?? ''}`,
      );
    }
    if (error instanceof ConflictError) {
      throw new NameTakenError(
        `scaffolder.goldenPath.gitops.repository: ${
          host.host
        } does not show ${host.repositoryUrl(
          address,
        )}, and does not create it, either: ${
          error.message
        }. Give the credentials of the portal access to it, or name another one`,
      );
    }
    throw error;
  }
}

/** Makes the first commit, unless there is one. */
async function fill(claim: GitopsClaim, entry: RunRepository): Promise<void> {
  const { git, host, address, files, author } = claim;
  const branch = entry.defaultBranch;
  const ref = `refs/heads/${branch}`;
  const before = await git.listRemoteRefs(await host.gitRemote(address));
  if (before.has(ref)) {
    return;
  }
  const commit = await git.commit({
    author,
    date: entry.startedAt,
    branch: 'first',
    message: 'Begin with what runs where\n',
    files: files.map(file => ({
      ...file,
      content: { absolutePath: file.absolutePath },
    })),
  });
  const remote = await host.gitRemote(address);
  try {
    await git.moveBranch({ remote, branch, from: undefined, to: commit });
  } catch (error) {
    const after = await git
      .listRemoteRefs(await host.gitRemote(address))
      .catch(() => undefined);
    if (!after?.has(ref)) {
      throw error;
    }
  }
}
