import express from 'express';
import Router from 'express-promise-router';
import { ForgeServices } from '../ForgeServices';
import { readHistory } from '../git/commits';
import { GitRepository } from '../git/GitRepository';
import { listTree, readBlob, readTreeEntry } from '../git/tree';
import { TreeEntry } from '../git/types';
import { emptyRepositoryPage, folderPage } from '../pages/folderPage';
import { FileContent, filePage } from '../pages/filePage';
import { PageContext } from '../pages/layout';
import { renderMarkdown } from '../pages/markdown';
import { Repository, RepositoryName } from '../repositories/Repository';
import { fileType, isBinary } from './fileType';
import { locate, Location, repositoryOf, wildcard } from './locate';
import { setRawHeaders } from './pageHeaders';

/**
 * Files and folders.
 *
 * @internal
 */
export function createSourcePages(
  services: ForgeServices,
  context: PageContext,
): express.Router {
  const { options, store } = services;
  const { maxFileBytes, maxPageFileBytes } = options.limits;
  const { links } = context;
  const router = Router();

  const markdown = (
    repository: RepositoryName,
    at: Location,
    entry: TreeEntry,
    text: string,
  ) =>
    renderMarkdown(text, {
      folder: entry.path.split('/').slice(0, -1).join('/'),
      page: path => links.source(repository, at.ref, path),
      raw: path => links.raw(repository, at.ref, path),
    });

  async function readReadme(
    git: GitRepository,
    repository: RepositoryName,
    at: Location,
    entries: readonly TreeEntry[],
  ) {
    const entry = entries.find(
      ({ name, type, size }) =>
        type === 'file' &&
        size <= maxPageFileBytes &&
        /^readme\.(md|markdown)$/i.test(name),
    );
    if (!entry) {
      return undefined;
    }
    const text = await readBlob(git, { entry, maxBytes: maxPageFileBytes });
    const content = markdown(repository, at, entry, text.toString('utf8'));
    return { name: entry.name, content };
  }

  async function readContent(
    git: GitRepository,
    repository: RepositoryName,
    at: Location,
    entry: TreeEntry,
    plain: boolean,
  ): Promise<FileContent> {
    const type = fileType(entry.name);
    if (type.picture && entry.size <= maxFileBytes) {
      return { kind: 'picture' };
    }
    if (entry.size > maxPageFileBytes) {
      return { kind: 'tooLarge', maxBytes: maxPageFileBytes };
    }
    const data = await readBlob(git, { entry, maxBytes: maxPageFileBytes });
    if (entry.type === 'symlink') {
      return { kind: 'link', target: data.toString('utf8') };
    }
    if (isBinary(data)) {
      return { kind: 'binary' };
    }
    const text = data.toString('utf8');
    return type.markdown && !plain
      ? { kind: 'markdown', content: markdown(repository, at, entry, text) }
      : { kind: 'text', text };
  }

  async function show(
    git: GitRepository,
    repository: Repository,
    at: Location,
    plain: boolean,
  ): Promise<string> {
    const { ref, commit, path, branches } = at;
    const entry = await readTreeEntry(git, { commit, path });
    const [lastCommit] = await readHistory(git, {
      from: commit,
      path,
      limit: 1,
    });
    const shared = { context, repository, refName: ref, branches, lastCommit };
    if (entry.type === 'dir' || entry.type === 'submodule') {
      const entries = await listTree(git, { commit, path });
      const readme = await readReadme(git, repository, at, entries);
      return folderPage({ ...shared, path, entries, readme }).toString();
    }
    const content = await readContent(git, repository, at, entry, plain);
    return filePage({ ...shared, entry, content, plain }).toString();
  }

  router.get('/:org/:repo', async (req, res) => {
    const repository = await store.get(repositoryOf(req));
    const git = await store.open(repository);
    if (repository.empty) {
      res.send(emptyRepositoryPage({ context, repository }).toString());
      return;
    }
    const at = await locate(git, 'branch', repository.defaultBranch);
    res.send(await show(git, repository, at, false));
  });

  router.get('/:org/:repo/src/:kind(branch|commit)/*', async (req, res) => {
    const repository = await store.get(repositoryOf(req));
    const git = await store.open(repository);
    const at = await locate(git, req.params.kind, wildcard(req));
    const plain = req.query.plain !== undefined;
    res.send(await show(git, repository, at, plain));
  });

  router.get('/:org/:repo/raw/:kind(branch|commit)/*', async (req, res) => {
    const git = await store.open(repositoryOf(req));
    const at = await locate(git, req.params.kind, wildcard(req));
    const entry = await readTreeEntry(git, at);
    if (entry.type !== 'file') {
      res.redirect(links.source(repositoryOf(req), at.ref, at.path));
      return;
    }
    const data = await readBlob(git, { entry, maxBytes: maxFileBytes });
    const { picture } = fileType(entry.name);
    if (!picture && isBinary(data)) {
      setRawHeaders(res, 'application/octet-stream');
      res.setHeader('Content-Disposition', 'attachment');
    } else {
      setRawHeaders(res, picture ?? 'text/plain; charset=utf-8');
    }
    res.end(data);
  });

  // Where Backstage's "edit" links lead: files are changed by pushing here
  router.get('/:org/:repo/_edit/*', (req, res) => {
    const repository = repositoryOf(req);
    res.redirect(
      `${links.repository(repository)}/src/branch/${wildcard(req)
        .split('/')
        .map(encodeURIComponent)
        .join('/')}`,
    );
  });

  return router;
}
