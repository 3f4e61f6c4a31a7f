import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { withScratch } from '../files/withScratch';
import { GitError } from '../git/runGit';
import { ComponentSource, ComponentSources } from '../propose/ComponentSources';
import { ProposalTarget } from '../propose/ProposalTargets';
import { TEMPLATE_BRANCH } from '../publish/provenance';
import {
  CommittedUpgrade,
  commitUpgrade,
  upgradeBranch,
} from './commitUpgrade';
import { describeProposal } from './describeProposal';
import { ExaminedRepository, examineRepository } from './examineRepository';
import { findUpgradeSource } from './findUpgradeSource';
import { UpgradeError } from './UpgradeError';
import { UpgradeRenderer } from './UpgradeRenderer';
import { UpgradeRecord, UpgradeStore } from './UpgradeStore';

/** Of two runs at once, the second finds what the first has pushed. */
const MAX_ATTEMPTS = 3;

/** Somebody was faster. */
class MovedError extends ConflictError {}

/** @internal */
export interface UpgradeRequest {
  taskId: string;
  workspacePath: string;
  /** Reference to the component. */
  component: string;
  /** For fields of the form that are new. */
  answers?: JsonObject;
  credentials: BackstageCredentials;
  logger: LoggerService;
  signal?: AbortSignal;
}

/** @internal */
export interface ProposedUpgrade {
  version: string;
  branch: string;
  /** Undefined when there is nothing to upgrade. */
  changeUrl?: string;
  changeNumber?: number;
  commit?: string;
  conflicts: string[];
}

/**
 * Proposes the newest version of its golden path to a repository.
 *
 * What is to be pushed is written down before it is pushed, with the date that its
 * commits bear: an attempt that follows, wherever the one before ended, makes the
 * same commits, finds them on the host or pushes them, and finds the proposal or
 * makes it.
 *
 * @internal
 */
export class Upgrader {
  constructor(
    private readonly options: {
      sources: ComponentSources;
      renderer: UpgradeRenderer;
      store: UpgradeStore;
      config: GoldenPathConfig;
    },
  ) {}

  async upgrade(request: UpgradeRequest): Promise<ProposedUpgrade> {
    const { sources } = this.options;
    const { component, credentials, logger, signal } = request;
    const source = await findUpgradeSource({
      sources,
      entityRef: component,
      credentials,
      logger,
      signal,
    });
    return withScratch(request.workspacePath, 'upgrade', async directory => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.work(request, source, directory);
        } catch (error) {
          if (!(error instanceof MovedError) || attempt === MAX_ATTEMPTS) {
            throw error;
          }
          logger.info('Somebody was faster; looking again');
        }
      }
    });
  }

  private async work(
    request: UpgradeRequest,
    source: ComponentSource,
    directory: string,
  ): Promise<ProposedUpgrade> {
    const { store, renderer, config } = this.options;
    const { taskId, answers: given, logger, signal } = request;
    const { host, address, repository: hosted } = source.target;

    logger.info(`Reading ${hosted.url}`);
    const repository = await examineRepository({
      source,
      store,
      directory: await folder(directory, 'repository.git'),
      signal,
    });
    const { provenance } = repository;
    const rendered = await renderer.render({
      source,
      provenance,
      given,
      directory: await folder(directory, 'render'),
      logger,
    });
    for (const name of rendered.dropped) {
      logger.info(`The form has no ${name} any more: its answer is left out`);
    }
    const branch = upgradeBranch(rendered.version);
    if (provenance.version === rendered.version && !given) {
      logger.info(`${source.component} is at the newest version already`);
      return { version: rendered.version, branch, conflicts: [] };
    }

    const record = await store.begin({
      taskId,
      entityRef: source.component,
      host: host.host,
      repositoryUrl: hosted.url,
      repositoryId: hosted.id,
      templateRef: rendered.template.ref,
      version: rendered.version,
      answersDigest: digestOf(rendered.answers),
    });
    const known = (
      await store.ofRepository({ host: host.host, id: hosted.id })
    ).filter(other => other.branch !== undefined);
    const same = await this.findSame({
      repository,
      target: source.target,
      record,
      known,
      branch,
    });

    let commit: string;
    let conflicts: string[];
    if (same) {
      logger.info(`The branch ${branch} holds this upgrade already`);
      ({ commit, conflicts } = same);
      if (same.record.taskId !== taskId) {
        const { parentCommit, templateCommit } = same.record;
        await store.update(taskId, {
          branch,
          parentCommit,
          templateCommit,
          commit,
          conflicts,
        });
      }
    } else {
      const committed = await commitUpgrade({
        repository,
        rendered,
        name: source.name,
        defaultBranch: hosted.defaultBranch,
        run: taskId,
        author: config.author,
        date: record.startedAt,
      });
      ({ commit } = committed);
      conflicts = committed.merge.paths;
      await store.update(taskId, {
        branch,
        parentCommit: committed.parentCommit,
        templateCommit: committed.templateCommit,
        commit,
        conflicts,
      });
      await this.push({ request, source, repository, committed });
    }
    for (const path of conflicts) {
      logger.warn(`Does not merge by itself: ${path}`);
    }

    const change = await host.openChange({
      address,
      branch,
      base: hosted.defaultBranch,
      ...describeProposal({ source, repository, rendered, conflicts }),
      signal,
    });
    await store.update(taskId, {
      changeUrl: change.url,
      changeNumber: change.number,
    });
    logger.info(`Proposed at ${change.url}`);
    await this.dropSuperseded({ request, source, repository, known, branch });
    return {
      version: rendered.version,
      branch,
      changeUrl: change.url,
      changeNumber: change.number,
      commit,
      conflicts,
    };
  }

  /**
   * Looks whether the branch is there with this upgrade: as this run pushed it at an
   * earlier attempt, as another run did, or with what people have added since.
   */
  private async findSame(options: {
    repository: ExaminedRepository;
    target: ProposalTarget;
    record: UpgradeRecord;
    known: UpgradeRecord[];
    branch: string;
  }): Promise<
    { record: UpgradeRecord; commit: string; conflicts: string[] } | undefined
  > {
    const { repository, target, record, known, branch } = options;
    const head = repository.refs.get(`refs/heads/${branch}`);
    if (head === undefined) {
      return undefined;
    }
    const own = known.filter(other => other.branch === branch);
    const exact = own.find(({ commit }) => commit === head);
    if (exact) {
      // With other answers it is another upgrade, and takes the place of this one
      return exact.answersDigest === record.answersDigest
        ? { record: exact, commit: head, conflicts: exact.conflicts }
        : undefined;
    }
    const fetched = await repository.git.fetch({
      remote: await target.host.gitRemote(target.address),
      branch,
    });
    for (const other of own) {
      if (
        other.commit &&
        other.answersDigest === record.answersDigest &&
        (await repository.git.isAncestor(other.commit, fetched))
      ) {
        const { commit, conflicts } = other;
        return { record: other, commit, conflicts };
      }
    }
    throw new ConflictError(
      `${target.repository.url} has a branch ${branch} already that holds something else; merge it or delete it, then try again`,
    );
  }

  private async push(options: {
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

  /**
   * Takes back what was proposed of earlier versions: all of it is in the newest.
   * What people have added to a branch
   * stays, and so does the branch.
   */
  private async dropSuperseded(options: {
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
}

async function folder(parent: string, name: string): Promise<string> {
  const directory = join(parent, name);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  return directory;
}

/** @internal */
export function digestOf(answers: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(answers)).digest('hex');
}
