import path from 'node:path';
import { levelOf } from '../state/access.mjs';
import { connection } from './connection.mjs';
import { unresolved } from './errors.mjs';

const MAX_TEXT_BYTES = 512 * 1024;

const VIEWER_PERMISSIONS = {
  pull: 'READ',
  triage: 'TRIAGE',
  push: 'WRITE',
  maintain: 'MAINTAIN',
  admin: 'ADMIN',
};

const objectFields = (context, repository, sha, prefix) => ({
  id: `${prefix}_${repository.id}_${sha}`,
  oid: sha,
  abbreviatedOid: sha.slice(0, 7),
  repository: () => repositoryNode(context, repository),
});

async function blobNode(context, repository, sha) {
  const content = await repository.git.blob(sha);
  const isBinary = content.subarray(0, 8000).includes(0);
  const isTruncated = content.length > MAX_TEXT_BYTES;
  return {
    __typename: 'Blob',
    ...objectFields(context, repository, sha, 'B'),
    byteSize: content.length,
    isBinary,
    isTruncated,
    text: isBinary ? null : content.subarray(0, MAX_TEXT_BYTES).toString(),
  };
}

function treeNode(context, repository, sha, folder = '') {
  const { git } = repository;
  return {
    __typename: 'Tree',
    ...objectFields(context, repository, sha, 'T'),
    entries: async () =>
      (await git.tree(sha)).map(entry => ({
        name: entry.path,
        path: path.posix.join(folder, entry.path),
        mode: Number.parseInt(entry.mode, 8),
        type: entry.type,
        oid: entry.sha,
        object: () => objectNode(context, repository, entry.sha),
      })),
  };
}

export async function commitNode(context, repository, sha) {
  const commit = await repository.git.commit(sha);
  return {
    __typename: 'Commit',
    ...objectFields(context, repository, sha, 'C'),
    message: commit.message,
    messageHeadline: commit.message.split('\n')[0],
    committedDate: commit.committer.date,
    authoredDate: commit.author.date,
    url: `${context.state.url}/${repository.fullName}/commit/${sha}`,
    tree: () => treeNode(context, repository, commit.tree),
  };
}

async function objectNode(context, repository, sha) {
  switch (await repository.git.type(sha)) {
    case 'blob':
      return blobNode(context, repository, sha);
    case 'tree':
      return treeNode(context, repository, sha);
    case 'commit':
      return commitNode(context, repository, sha);
    default:
      return null;
  }
}

export function refNode(context, repository, qualifiedName, sha) {
  const [, kind, ...rest] = qualifiedName.split('/');
  const name = rest.join('/');
  return {
    __typename: 'Ref',
    id: `REF_${repository.id}_${Buffer.from(name).toString('base64url')}`,
    name,
    prefix: `refs/${kind}/`,
    target: () => objectNode(context, repository, sha),
    associatedPullRequests: args =>
      pullConnection(
        context,
        repository.pulls.filter(({ head }) => head.branch === name),
        args,
        'associatedPullRequests',
      ),
  };
}

const pullState = pull => (pull.mergedAt ? 'MERGED' : pull.state.toUpperCase());

function pullNode(context, pull) {
  const { repository, head, base } = pull;
  return {
    __typename: 'PullRequest',
    id: pull.nodeId,
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    url: `${context.state.url}/${repository.fullName}/pull/${pull.number}`,
    state: pullState(pull),
    isDraft: pull.draft,
    merged: Boolean(pull.mergedAt),
    mergedAt: pull.mergedAt,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    author: () => context.accounts.userNode(context, pull.user),
    headRefName: head.branch,
    headRefOid: head.sha,
    baseRefName: base.branch,
    baseRefOid: base.sha,
    repository: () => repositoryNode(context, repository),
  };
}

function pullConnection(context, pulls, args, name) {
  const wanted = pulls.filter(
    pull =>
      (!args.states || args.states.includes(pullState(pull))) &&
      (!args.headRefName || pull.head.branch === args.headRefName) &&
      (!args.baseRefName || pull.base.branch === args.baseRefName),
  );
  return connection(name, wanted, args, pull => pullNode(context, pull));
}

async function findRef(context, repository, name) {
  const refs = await repository.git.refs();
  const candidates = [name, `refs/heads/${name}`, `refs/tags/${name}`];
  const found = candidates.find(candidate => refs.has(candidate));
  return found ? refNode(context, repository, found, refs.get(found)) : null;
}

async function findObject(context, repository, { expression, oid }) {
  const { git } = repository;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options'];
  const sha = await git.attempt([...args, oid ?? expression ?? 'HEAD']);
  return sha ? objectNode(context, repository, sha) : null;
}

export function repositoryNode(context, repository) {
  const { state, principal } = context;
  const { defaultBranch } = repository;
  return {
    __typename: 'Repository',
    id: repository.nodeId,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.fullName,
    description: repository.description,
    homepageUrl: repository.homepage,
    url: `${state.url}/${repository.fullName}`,
    sshUrl: `git@${new URL(state.url).host}:${repository.fullName}.git`,
    owner: () => context.accounts.accountNode(context, repository.owner),
    isArchived: repository.archived,
    isDisabled: false,
    isEmpty: async () => (await repository.git.branches()).size === 0,
    isFork: false,
    isPrivate: repository.isPrivate,
    isTemplate: Boolean(repository.features.is_template),
    visibility: repository.visibility.toUpperCase(),
    createdAt: repository.createdAt,
    updatedAt: repository.updatedAt,
    pushedAt: repository.pushedAt,
    viewerPermission: () =>
      VIEWER_PERMISSIONS[levelOf(repository, principal)] ?? null,
    repositoryTopics: args =>
      connection('repositoryTopics', repository.topics, args, name => ({
        __typename: 'RepositoryTopic',
        id: `RT_${repository.id}_${name}`,
        topic: { name },
        url: `${state.url}/topics/${name}`,
      })),
    defaultBranchRef: () =>
      findRef(context, repository, `refs/heads/${defaultBranch}`),
    ref: args => findRef(context, repository, args.qualifiedName),
    object: args => findObject(context, repository, args),
    pullRequest: args => {
      const pull = repository.pulls.find(
        ({ number }) => number === args.number,
      );
      if (!pull) {
        throw unresolved('a PullRequest', `the number of ${args.number}`);
      }
      return pullNode(context, pull);
    },
    pullRequests: args =>
      pullConnection(context, repository.pulls, args, 'pullRequests'),
  };
}
