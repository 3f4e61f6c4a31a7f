import { JsonObject } from '@backstage/types';

/**
 * Why a repository cannot be upgraded, or nothing can be said of it.
 *
 * - `no-repository`: the component is in none that changes can be proposed to
 * - `archived`: its repository takes no changes
 * - `no-path`: it was not made by a golden path
 * - `unreadable-provenance`: what it says of its origin cannot be read
 * - `no-template`: its path is not in the catalog any more
 * - `not-upgradable`: its path cannot be rendered without a run of its own
 * - `no-template-branch`: the branch with what was generated is gone
 * - `foreign-template-branch`: that branch holds what the portal did not make
 * - `answers`: the recorded answers no longer fit the form of the path
 * - `host`: the host of the repository does not answer, or refuses
 *
 * @public
 */
export type UpgradeProblemCode =
  | 'no-repository'
  | 'archived'
  | 'no-path'
  | 'unreadable-provenance'
  | 'no-template'
  | 'not-upgradable'
  | 'no-template-branch'
  | 'foreign-template-branch'
  | 'answers'
  | 'host';

/**
 * A field of the path's form that the recorded answers do not fill, or not any
 * more.
 *
 * @public
 */
export interface UpgradeField {
  name: string;
  title: string;
  description?: string;
  message: string;
  /** The field as the template's form has it. */
  schema: JsonObject;
}

/** @public */
export interface UpgradeProblem {
  code: UpgradeProblemCode;
  /** For the reader: what is the matter and what to do next. */
  message: string;
  /** With the code `answers`: what to hand in. */
  fields?: UpgradeField[];
}

/** @public */
export interface UpgradeVersion {
  /** Digest of the template and its layers. */
  version: string;
  /** What the author of the template calls it. */
  pathVersion?: string;
  layers: { name: string; version: string }[];
}

/**
 * A proposed upgrade: a pull request, or a branch to be compared and merged.
 *
 * @public
 */
export interface UpgradeProposal {
  url: string;
  /** Of the pull request, on a host that has them. */
  number?: number;
  branch: string;
  version: string;
  /** Head of the branch, as the portal pushed it. */
  commit: string;
  /** ISO 8601. */
  createdAt: string;
  taskId: string;
  /** Paths that did not merge when it was proposed. */
  conflicts: string[];
}

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
  /** The latest run for the available version; its status as the scaffolder's. */
  run?: { taskId: string; status: string };
  layers: UpgradeLayer[];
  /** Of the path itself. */
  changes: UpgradeChange[];
  /** Whether whoever asks may have the upgrade proposed. */
  mayPropose: boolean;
}

/**
 * One file that an upgrade is about.
 *
 * @public
 */
export interface UpgradeFile {
  path: string;
  /** Where it was before, when the path renames it. */
  previousPath?: string;
  policy: 'managed' | 'merge' | 'once';
  /** What the path does to it; `kept`: it would, but the file is the service's. */
  change: 'added' | 'changed' | 'removed' | 'kept';
  /** Unified; absent for what is not text, and for what is kept. */
  diff?: string;
  binary?: true;
  /** Whether the end of the difference is missing. */
  truncated?: true;
  /** What the service has done to it since it was generated. */
  yours: 'unchanged' | 'changed' | 'deleted' | 'renamed';
  /** Where the service has it, when it was renamed there. */
  yourPath?: string;
  conflict: boolean;
  /** The file with Git's markers. */
  conflictText?: string;
  /** Git's own words about it. */
  messages?: string[];
}

/** @public */
export interface UpgradeConflict {
  paths: string[];
  /** Git's own words. */
  message: string;
}

/**
 * What an upgrade would do, held against a repository as it is now.
 *
 * @public
 */
export interface UpgradePreview {
  entityRef: string;
  version: string;
  /** Head of the default branch. */
  commit: string;
  /** Head of the branch with what was generated. */
  templateCommit: string;
  files: UpgradeFile[];
  counts: {
    added: number;
    changed: number;
    removed: number;
    kept: number;
    conflicts: number;
  };
  conflicts: UpgradeConflict[];
}
