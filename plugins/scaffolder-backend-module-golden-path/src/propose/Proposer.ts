import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { ListedFile } from '../files/listFiles';
import { withScratch } from '../files/withScratch';
import { GitRepository } from '../git/GitRepository';
import { GitRemote } from '../hosts/RepositoryHost';
import { proposalFiles } from './proposalFiles';
import { ProposalTarget, ProposalTargets } from './ProposalTargets';

/** Only here does the portal push to a repository that is somebody else's. */
const BRANCH = /^waymark\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** @internal */
export interface ProposalRequest {
  workspacePath: string;
  repositoryUrl: string;
  branch: string;
  title: string;
  description: string;
  folder: string;
  files: string[];
  /** Whether files that are there already may be changed. */
  overwrite: boolean;
  logger: LoggerService;
  signal?: AbortSignal;
}

/** @internal */
export interface Proposal {
  /** Undefined when there was nothing to change. */
  changeUrl?: string;
  changeNumber?: number;
  branch: string;
  /** Head of the branch, or of the default branch without a change. */
  commit: string;
}

/**
 * Proposes a change to a repository that is there already.
 *
 * Nothing is written down on the way: a branch that holds exactly the proposed
 * change is the proposal, and whoever comes again finds it and goes on from it.
 *
 * @internal
 */
export class Proposer {
  constructor(
    private readonly options: {
      targets: ProposalTargets;
      config: GoldenPathConfig;
    },
  ) {}

  /** Looks at everything that can be looked at without asking a host. */
  async plan(request: ProposalRequest): Promise<ListedFile[]> {
    const { branch, title } = request;
    if (
      !BRANCH.test(branch) ||
      branch.includes('..') ||
      /\.lock$|\.$/.test(branch)
    ) {
      throw new InputError(
        `branch: '${branch}' must be waymark/ and a name of letters, digits, '.', '_' and '-'`,
      );
    }
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    if (!title.trim() || title.length > 200 || /[\u0000-\u001f]/.test(title)) {
      throw new InputError('title: must be one line of 1 to 200 characters');
    }
    return proposalFiles(request);
  }

  async propose(request: ProposalRequest): Promise<Proposal> {
    const { repositoryUrl, workspacePath, branch, logger, signal } = request;
    const files = await this.plan(request);
    const target = await this.options.targets.find(repositoryUrl, {
      logger,
      signal,
    });

    const { commit, changed } = await withScratch(
      workspacePath,
      'propose',
      directory => this.push({ request, target, files, directory }),
    );
    if (!changed) {
      logger.info(
        `There is nothing to change: ${target.repository.url} holds these files already`,
      );
      return { branch, commit };
    }
    const { host, address, repository } = target;
    const change = await host.openChange({
      address,
      branch,
      base: repository.defaultBranch,
      title: request.title,
      description: request.description,
      signal,
    });
    logger.info(
      change.number === undefined
        ? `${host.host} has no pull requests here; the change is on the branch ${branch}, to be looked at and merged at ${change.url}`
        : `Pull request ${change.url}`,
    );
    return {
      changeUrl: change.url,
      changeNumber: change.number,
      branch,
      commit,
    };
  }

  private async push(options: {
    request: ProposalRequest;
    target: ProposalTarget;
    files: ListedFile[];
    directory: string;
  }): Promise<{ commit: string; changed: boolean }> {
    const { request, target, files, directory } = options;
    const { host, address, repository } = target;
    const { branch, logger, signal } = request;
    const remote = await host.gitRemote(address);
    const git = await GitRepository.create({
      directory: join(directory, 'repository.git'),
      signal,
    });

    const base = await git.fetch({
      remote,
      branch: repository.defaultBranch,
      depth: 1,
    });
    if (!request.overwrite) {
      await this.assertAbsent({ git, base, target, files });
    }
    const commit = await git.commit({
      author: this.options.config.author,
      date: new Date(),
      branch,
      parent: base,
      message: `${request.title}\n`,
      files: files.map(file => ({
        ...file,
        content: { absolutePath: file.absolutePath },
      })),
    });
    const changes = await git.changes(base, commit);
    if (changes.size === 0) {
      return { commit: base, changed: false };
    }
    assertOnly(changes, files);

    const same = await this.findSame({ git, remote, branch, commit, files });
    if (same === 'other') {
      throw new ConflictError(
        `branch: ${repository.url} has a branch ${branch} already that holds another change; merge it or delete it there, then try again`,
      );
    }
    if (same) {
      logger.info(`The branch ${branch} holds this change already`);
      return { commit: same, changed: true };
    }
    logger.info(`Pushing ${[...changes.keys()].join(', ')} to ${branch}`);
    try {
      await git.push({ remote, branches: [branch] });
    } catch (error) {
      // The answer may be all that was lost
      const refs = await git.listRemoteRefs(remote).catch(() => undefined);
      if (refs?.get(`refs/heads/${branch}`) !== commit) {
        throw error;
      }
    }
    return { commit, changed: true };
  }

  private async assertAbsent(options: {
    git: GitRepository;
    base: string;
    target: ProposalTarget;
    files: ListedFile[];
  }): Promise<void> {
    const { git, base, target, files } = options;
    const { host, address, repository } = target;
    const [path] = (
      await git.files(
        base,
        files.map(file => file.path),
      )
    ).keys();
    if (path !== undefined) {
      throw new ConflictError(
        `repositoryUrl: the repository has a ${path} already: ${host.contentsUrl(
          { address, branch: repository.defaultBranch, path },
        )}`,
      );
    }
  }

  /**
   * Looks whether the branch is there with the same change, perhaps made upon
   * an earlier state of the default branch.
   */
  private async findSame(options: {
    git: GitRepository;
    remote: GitRemote;
    branch: string;
    commit: string;
    files: ListedFile[];
  }): Promise<string | 'other' | undefined> {
    const { git, remote, branch, commit, files } = options;
    const refs = await git.listRemoteRefs(remote);
    if (!refs.has(`refs/heads/${branch}`)) {
      return undefined;
    }
    const head = await git.fetch({ remote, branch, depth: 2 });
    const [parent, ...others] = await git.parents(head);
    if (parent === undefined || others.length > 0) {
      return 'other';
    }
    const paths = files.map(file => file.path);
    const changes = await git.changes(parent, head);
    const [theirs, ours] = await Promise.all([
      git.files(head, paths),
      git.files(commit, paths),
    ]);
    const isSame =
      [...changes.keys()].every(path => paths.includes(path)) &&
      paths.every(path => theirs.get(path) === ours.get(path));
    return isSame ? head : 'other';
  }
}

/** A file in the place of a folder, say, would take more with it. */
function assertOnly(changes: Map<string, string>, files: ListedFile[]): void {
  for (const [path, kind] of changes) {
    if (!'AM'.includes(kind) || !files.some(file => file.path === path)) {
      throw new InputError(
        `files: the change would also touch ${path}, which is not among the files named`,
      );
    }
  }
}
