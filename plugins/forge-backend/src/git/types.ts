/** @internal */
export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 with the author's own offset. */
  date: string;
}

/** @internal */
export interface Commit {
  id: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}

/** @internal */
export interface Branch {
  name: string;
  commit: Commit;
}

/** @internal */
export type TreeEntryType = 'file' | 'dir' | 'symlink' | 'submodule';

/** @internal */
export interface TreeEntry {
  name: string;
  /** Path from the root of the repository. */
  path: string;
  type: TreeEntryType;
  id: string;
  /** Bytes; 0 for everything but files and symlinks. */
  size: number;
}
