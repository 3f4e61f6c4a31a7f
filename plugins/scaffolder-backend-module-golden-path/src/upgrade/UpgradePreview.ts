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
