import { RepositoryName } from '../repositories/Repository';

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/**
 * Every address of the forge is made here. A branch is one part of a path, so
 * slashes in its name are encoded.
 *
 * @internal
 */
export class ForgeUrls {
  readonly root: string;

  /**
   * @param options - `root` is the address of the forge, without a slash at its
   * end: absolute for what leaves the portal, a path for links between pages
   */
  constructor(options: { root: string }) {
    this.root = options.root;
  }

  /** The same addresses without scheme and host. */
  relative(): ForgeUrls {
    return new ForgeUrls({ root: new URL(this.root).pathname });
  }

  organization(name: string): string {
    return `${this.root}/${encodeURIComponent(name)}`;
  }

  repository(name: RepositoryName): string {
    return `${this.organization(name.organization)}/${encodeURIComponent(
      name.name,
    )}`;
  }

  clone(name: RepositoryName): string {
    return `${this.repository(name)}.git`;
  }

  api(name: RepositoryName): string {
    return `${this.root}/api/v1/repos/${encodeURIComponent(
      name.organization,
    )}/${encodeURIComponent(name.name)}`;
  }

  source(name: RepositoryName, ref: string, path = ''): string {
    return this.#content(name, 'src', ref, path);
  }

  raw(name: RepositoryName, ref: string, path: string): string {
    return this.#content(name, 'raw', ref, path);
  }

  commits(name: RepositoryName, ref: string, path = ''): string {
    return this.#content(name, 'commits', ref, path);
  }

  commit(name: RepositoryName, id: string): string {
    return `${this.repository(name)}/commit/${id}`;
  }

  branches(name: RepositoryName): string {
    return `${this.repository(name)}/branches`;
  }

  compare(name: RepositoryName, base: string, head: string): string {
    return `${this.repository(name)}/compare/${encodeURIComponent(
      base,
    )}...${encodeURIComponent(head)}`;
  }

  #content(name: RepositoryName, view: string, ref: string, path: string) {
    const kind = /^[0-9a-f]{40}$/.test(ref) ? 'commit' : 'branch';
    const address = `${this.repository(
      name,
    )}/${view}/${kind}/${encodeURIComponent(ref)}`;
    return path ? `${address}/${encodePath(path)}` : address;
  }
}
