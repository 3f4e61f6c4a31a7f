/**
 * Where a repository keeps what it says of its origin.
 *
 * @internal
 */
export const PROVENANCE_PATH = '.waymark/golden-path.yaml';

/**
 * The branch that keeps exactly what was generated.
 *
 * @internal
 */
export const TEMPLATE_BRANCH = 'waymark-template';

/**
 * A deliberate deviation, as a repository declares it.
 *
 * @internal
 */
export interface DeclaredDeviation {
  /**
   * Of a file; with a slash at the end, of everything in a folder; `part:<name>`
   * of a part of the path that was left out.
   */
  path: string;
  /** The name of such a part. */
  part?: string;
  reason: string;
}

/**
 * Deviations of parts are kept among those of files, under a path of this kind.
 *
 * @internal
 */
export const PART = 'part:';

/** @internal */
export function partPath(part: string): string {
  return `${PART}${part}`;
}

/**
 * What a repository says of the golden path that made it.
 *
 * @internal
 */
export interface Provenance {
  templateRef: string;
  version: string;
  layers: { name: string; version: string }[];
  /** Task of the scaffolder. */
  run?: string;
  /** The parts that were left out, as it says what was filled into the form. */
  leftOut?: string[];
  /** The commit that holds exactly what was generated. */
  commit: string;
  /** `sha256:…` of each generated file. */
  files: ReadonlyMap<string, string>;
  deviations: DeclaredDeviation[];
}

/**
 * Something that keeps a service from being verified or from conforming.
 *
 * @internal
 */
export interface ProvenanceProblem {
  path?: string;
  message: string;
}
