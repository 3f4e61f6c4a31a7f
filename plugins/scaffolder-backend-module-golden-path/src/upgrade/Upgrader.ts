import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { withScratch } from '../files/withScratch';
import { ComponentSource, ComponentSources } from '../propose/ComponentSources';
import { ProposalTarget } from '../propose/ProposalTargets';
import { commitUpgrade, upgradeBranch } from './commitUpgrade';
import { describeProposal } from './describeProposal';
import { dropSuperseded } from './dropSuperseded';
import { ExaminedRepository, examineRepository } from './examineRepository';
import { findUpgradeSource } from './findUpgradeSource';
import { MovedError, pushUpgrade } from './pushUpgrade';
import { UpgradeRenderer } from './UpgradeRenderer';
import { UpgradeRequest } from './UpgradeRequest';
import { UpgradeRecord, UpgradeStore } from './UpgradeStore';

/** Of two runs at once, the second finds what the first has pushed. */
const MAX_ATTEMPTS = 3;

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
      signal,
    });
    for (const name of rendered.dropped) {
      logger.info(`The form has no ${name} any more: its answer is left out`);
    }
    const branch = upgradeBranch(rendered.version);
    if (provenance.version === rendered.version && !given) {
      logger.info(`${source.component} is at the newest version already`);
      return { version: rendered.version, branch, conflicts: [] };
    }

    let record = await store.begin({
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
      if (same.record.id !== record.id) {
        const { parentCommit, templateCommit } = same.record;
        record = await store.update(record, {
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
      record = await store.update(record, {
        branch,
        parentCommit: committed.parentCommit,
        templateCommit: committed.templateCommit,
        commit,
        conflicts,
      });
      await pushUpgrade({ request, source, repository, committed });
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
    await store.update(record, {
      changeUrl: change.url,
      changeNumber: change.number,
    });
    logger.info(`Proposed at ${change.url}`);
    await dropSuperseded({ request, source, repository, known, branch });
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
