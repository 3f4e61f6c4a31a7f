import type { JsonObject } from '@backstage/types';

/**
 * What an author says of a version.
 *
 * @public
 */
export interface UpgradeChange {
  version: string;
  text: string;
}

/**
 * A field of the path's form that the answers of the first day do not fill.
 *
 * @public
 */
export interface UpgradeField {
  name: string;
  title: string;
  description?: string;
  /** What is the matter with it. */
  message: string;
  /** JSON schema of the answer. */
  schema: JsonObject;
}

/** @public */
export interface UpgradeProblem {
  code: string;
  /** For the reader: what is the matter and what to do next. */
  message: string;
  fields?: UpgradeField[];
}

/** @public */
export interface UpgradeVersion {
  /** Digest of the template and its layers. */
  version: string;
  pathVersion?: string;
  layers: { name: string; version: string }[];
}

/**
 * A pull request, or a branch to be compared and merged.
 *
 * @public
 */
export interface UpgradeProposal {
  url: string;
  number?: number;
  branch: string;
  version: string;
  createdAt: string;
  taskId: string;
  /** Paths that did not merge when it was proposed. */
  conflicts: string[];
}

/**
 * A layer that another version of the path has otherwise: without `from` a new
 * one, without `to` one that is no longer used.
 *
 * @public
 */
export interface UpgradeLayer {
  name: string;
  from?: string;
  to?: string;
  changes: UpgradeChange[];
}

/**
 * How a service stands to its golden path.
 *
 * @public
 */
export interface UpgradeStatus {
  entityRef: string;
  state: 'current' | 'behind' | 'proposed' | 'unknown';
  problem?: UpgradeProblem;
  repositoryUrl?: string;
  template?: { ref: string; title: string };
  current?: UpgradeVersion & { run?: string; renderedAt?: string };
  available?: UpgradeVersion;
  proposal?: UpgradeProposal;
  /** The latest one for the available version. */
  run?: { taskId: string; status: string };
  layers: UpgradeLayer[];
  /** Of the path itself. */
  changes: UpgradeChange[];
  mayPropose: boolean;
}

/** @public */
export interface UpgradeFile {
  path: string;
  /** Where it was, when the path renames it. */
  previousPath?: string;
  policy: 'managed' | 'merge' | 'once';
  /** What the path does to it; `kept`: it would, but the file is the service's. */
  change: 'added' | 'changed' | 'removed' | 'kept';
  /** Unified; absent for what is not text, and for what is kept. */
  diff?: string;
  binary?: true;
  truncated?: true;
  /** What the service has done to it since. */
  yours: 'unchanged' | 'changed' | 'deleted' | 'renamed';
  yourPath?: string;
  conflict: boolean;
  /** The file with Git's markers. */
  conflictText?: string;
  messages?: string[];
}

/**
 * What an upgrade would do to a repository as it is now.
 *
 * @public
 */
export interface UpgradePreview {
  entityRef: string;
  version: string;
  commit: string;
  files: UpgradeFile[];
  counts: {
    added: number;
    changed: number;
    removed: number;
    kept: number;
    conflicts: number;
  };
  /** In Git's own words. */
  conflicts: { paths: string[]; message: string }[];
}
