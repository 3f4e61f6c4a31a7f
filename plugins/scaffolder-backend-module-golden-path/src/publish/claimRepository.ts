import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { RepositoryAddress } from '../hosts/RepositoryAddress';
import { HostedRepository, RepositoryHost } from '../hosts/RepositoryHost';
import { RunRepository, RunStore } from '../runs/RunStore';

/**
 * How far a host's clock may be from ours, and how long a request for a
 * repository may take to have its effect.
 */
const CREATION_WINDOW_MS = 90_000;

/**
 * The run's entry, and whether its repository is known to be empty.
 *
 * @internal
 */
export interface ClaimedRepository {
  entry: RunRepository;
  empty: boolean;
}

/** @internal */
export interface ClaimOptions {
  store: RunStore;
  host: RepositoryHost;
  taskId: string;
  address: RepositoryAddress;
  description: string;
  defaultBranch: string;
  /** @throws InputError when the name is taken in the catalog or on the host */
  assertFree: () => Promise<unknown>;
  signal?: AbortSignal;
}

/**
 * Sees to it that the run's repository exists: creates it, or finds the one
 * that this run created before it was interrupted.
 *
 * The intent is written down before the host is asked and the outcome after
 * it. Between the two lies the only doubt: a repository that appeared in that
 * moment, is empty, and that no other run claims, is taken to be ours.
 *
 * @throws ConflictError naming the field, for a repository of somebody else
 * @throws InputError naming the field, when there is no such organization
 * @internal
 */
export async function claimRepository(
  options: ClaimOptions,
): Promise<ClaimedRepository> {
  const { host, address, signal } = options;
  const entry = await reserve(options);
  await confirmName(options, entry);
  const existing = await host.getRepository({ address, signal });

  if (entry.state !== 'creating') {
    if (existing && existing.id === entry.repositoryId) {
      return { entry, empty: existing.empty };
    }
    if (existing) {
      throw taken(entry.url);
    }
    // Deleted on the host since: begin again
    return createAgain(options, entry);
  } else if (existing && isOwnCreation(entry, existing)) {
    return confirm(options, entry, existing);
  } else if (existing) {
    await options.store.remove(entry);
    throw taken(entry.url);
  }

  return create(options, entry);
}

/**
 * Whether a repository is the one that an entry, left in doubt, asked for.
 *
 * @internal
 */
export function isOwnCreation(
  entry: RunRepository,
  existing: HostedRepository,
): boolean {
  return (
    entry.intendedAt !== undefined &&
    existing.empty &&
    Math.abs(existing.createdAt.getTime() - entry.intendedAt.getTime()) <=
      CREATION_WINDOW_MS
  );
}

/**
 * Whether the host may still make what an entry asked it for, although nobody
 * waits for its answer any more.
 *
 * @internal
 */
export function mayStillAppear(entry: RunRepository): boolean {
  return (
    entry.state === 'creating' &&
    entry.intendedAt !== undefined &&
    Date.now() - entry.intendedAt.getTime() < CREATION_WINDOW_MS
  );
}

/**
 * The name was free a moment ago. Since then a run in another organization may
 * have ended, which gives up its reservation and leaves an entity in its place.
 */
async function confirmName(
  options: ClaimOptions,
  entry: RunRepository,
): Promise<void> {
  if (entry.state !== 'creating' || entry.intendedAt !== undefined) {
    return;
  }
  try {
    await options.assertFree();
  } catch (error) {
    await options.store.remove(entry);
    throw error;
  }
}

async function reserve(options: ClaimOptions): Promise<RunRepository> {
  const { store, host, taskId, address, defaultBranch, signal } = options;
  const request = {
    taskId,
    address,
    url: host.repositoryUrl(address),
    defaultBranch,
  };

  const first = await store.reserve(request);
  if (!first.held) {
    return first.entry;
  }

  // Another run holds the name. Its repository may be long gone, deleted on
  // the host by somebody who wants the name back.
  const { holder } = first;
  if (holder.organization !== address.organization) {
    throw new ConflictError(
      `name: another run is making ${holder.url} at this moment; choose another name`,
    );
  }
  const inDoubt =
    holder.state === 'undoing' ||
    (holder.state === 'creating' &&
      Date.now() - (holder.intendedAt ?? holder.startedAt).getTime() <
        CREATION_WINDOW_MS);
  if (inDoubt || (await host.getRepository({ address, signal }))) {
    throw taken(request.url);
  }
  await store.update(holder, { state: 'released' });

  const second = await store.reserve(request);
  if (second.held) {
    throw taken(request.url);
  }
  return second.entry;
}

/** Or it was only out of sight: then the host says that it is there. */
async function createAgain(
  options: ClaimOptions,
  before: RunRepository,
): Promise<ClaimedRepository> {
  const { store, host, address, signal } = options;
  const doubt = await host.doubtAbsence?.({ address, signal });
  if (doubt !== undefined) {
    throw new ConflictError(
      `${before.host} does not show ${before.url}, which this run created, and need not be gone: ${doubt}. Give the credentials of the portal access to it and try again`,
    );
  }
  const entry = await store.update(before, {
    state: 'creating',
    repositoryId: undefined,
    intendedAt: undefined,
    templateCommit: undefined,
    commit: undefined,
    settled: [],
  });
  return create(options, entry);
}

async function create(
  options: ClaimOptions,
  reserved: RunRepository,
): Promise<ClaimedRepository> {
  const { store, host, address, description, defaultBranch, signal } = options;
  const entry = await store.update(reserved, {
    intendedAt: new Date(),
    defaultBranch,
  });
  let created: HostedRepository;
  try {
    created = await host.createRepository({
      address,
      // One line, as some hosts demand
      description: description.replace(/\s+/g, ' ').trim().slice(0, 350),
      defaultBranch,
      signal,
    });
  } catch (error) {
    // The host said no, so there is nothing of ours. Any other error leaves
    // that open, and the entry with it.
    if (
      error instanceof Error &&
      [
        'ConflictError',
        'InputError',
        'NotAllowedError',
        'NotFoundError',
      ].includes(error.name)
    ) {
      await store.remove(entry);
    }
    if (error instanceof ConflictError) {
      throw taken(entry.url);
    }
    if (error instanceof NotFoundError) {
      throw new InputError(
        `owner: there is no organization '${address.organization}' on ${
          host.host
        } for the repository${host.absenceNote ?? ''}`,
      );
    }
    throw error;
  }
  return confirm(options, entry, created);
}

async function confirm(
  options: ClaimOptions,
  entry: RunRepository,
  repository: HostedRepository,
): Promise<ClaimedRepository> {
  return {
    entry: await options.store.update(entry, {
      state: 'created',
      repositoryId: repository.id,
    }),
    empty: repository.empty,
  };
}

function taken(url: string): ConflictError {
  return new ConflictError(
    `name: there is a repository ${url} already, which this run did not create; choose another name`,
  );
}
