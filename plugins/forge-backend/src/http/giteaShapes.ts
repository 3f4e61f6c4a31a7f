import { Commit, Signature, TreeEntry } from '../git/types';
import { Organization } from '../organizations/Organizations';
import { idOfName } from '../repositories/metadata';
import { Repository, RepositoryName } from '../repositories/Repository';
import { ForgeUrls } from './ForgeUrls';

/*
 * The JSON that Gitea's REST API answers with, as far as the forge knows the
 * values. Source of the shapes: Gitea's OpenAPI description of its version 1 API.
 */

/** @internal */
export function giteaOrganization(organization: Organization) {
  const { name, title = '', description = '' } = organization;
  return {
    id: idOfName(name),
    name,
    username: name,
    full_name: title,
    description,
    website: '',
    location: '',
    avatar_url: '',
    visibility: 'public',
  };
}

/** @internal */
export function giteaUser(username: string) {
  return {
    id: idOfName(username),
    login: username,
    username,
    full_name: '',
    email: '',
    avatar_url: '',
    is_admin: true,
    active: true,
  };
}

/** @internal */
export function giteaRepository(
  repository: Repository,
  options: { urls: ForgeUrls; mayWrite: boolean },
) {
  const { urls, mayWrite } = options;
  const { organization, name } = repository;
  return {
    id: repository.id,
    owner: {
      id: idOfName(organization),
      login: organization,
      username: organization,
      full_name: '',
      email: '',
      avatar_url: '',
    },
    name,
    full_name: `${organization}/${name}`,
    description: repository.description,
    empty: repository.empty,
    private: false,
    internal: false,
    fork: false,
    template: false,
    mirror: false,
    archived: false,
    size: repository.size,
    default_branch: repository.defaultBranch,
    url: urls.api(repository),
    html_url: urls.repository(repository),
    clone_url: urls.clone(repository),
    ssh_url: '',
    permissions: { admin: mayWrite, push: mayWrite, pull: true },
    created_at: repository.createdAt.toISOString(),
    updated_at: repository.updatedAt.toISOString(),
  };
}

/** @internal */
export function giteaBranch(
  options: { name: string; commit: Commit } & InRepository,
) {
  const { name, commit, urls, repository } = options;
  return {
    name,
    commit: {
      id: commit.id,
      message: commit.message,
      url: urls.commit(repository, commit.id),
      author: person(commit.author),
      committer: person(commit.committer),
      timestamp: commit.committer.date,
    },
    protected: false,
  };
}

/** @internal */
export function giteaCommit(options: { commit: Commit } & InRepository) {
  const { commit, urls, repository } = options;
  const api = `${urls.api(repository)}/git`;
  return {
    sha: commit.id,
    url: `${api}/commits/${commit.id}`,
    html_url: urls.commit(repository, commit.id),
    created: commit.committer.date,
    commit: {
      url: `${api}/commits/${commit.id}`,
      message: commit.message,
      author: commit.author,
      committer: commit.committer,
      tree: {
        sha: commit.tree,
        url: `${api}/trees/${commit.tree}`,
        created: commit.committer.date,
      },
    },
    author: null,
    committer: null,
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
    })),
  };
}

/**
 * A file, folder, link or submodule. `content` is given for one file and left
 * out of the list of a folder, as Gitea does.
 *
 * @internal
 */
export function giteaContents(
  options: {
    entry: TreeEntry;
    ref: string;
    lastCommit?: Commit;
    content?: Buffer;
  } & InRepository,
) {
  const { entry, ref, content, lastCommit, urls, repository } = options;
  const path = entry.path.split('/').map(encodeURIComponent).join('/');
  const url = `${urls.api(
    repository,
  )}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const htmlUrl = urls.source(repository, ref, entry.path);
  const gitUrl = `${urls.api(repository)}/git/${
    entry.type === 'dir' ? 'trees' : 'blobs'
  }/${entry.id}`;
  return {
    name: entry.name,
    path: entry.path,
    sha: entry.id,
    last_commit_sha: lastCommit?.id ?? null,
    type: entry.type,
    size: entry.size,
    encoding: content && entry.type === 'file' ? 'base64' : null,
    content:
      content && entry.type === 'file' ? content.toString('base64') : null,
    target:
      content && entry.type === 'symlink' ? content.toString('utf8') : null,
    url,
    html_url: htmlUrl,
    git_url: gitUrl,
    download_url:
      entry.type === 'file' ? urls.raw(repository, ref, entry.path) : null,
    submodule_git_url: null,
    _links: { self: url, git: gitUrl, html: htmlUrl },
  };
}

interface InRepository {
  urls: ForgeUrls;
  repository: RepositoryName;
}

function person(signature: Signature) {
  return { name: signature.name, email: signature.email, username: '' };
}
