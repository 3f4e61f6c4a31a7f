import { globPattern } from './globPattern';

/**
 * What becomes of a generated file: it stays as it was generated (`managed`), it is
 * changed by both sides and merged (`merge`), or it belongs to the service from its
 * first day (`once`).
 *
 * @public
 */
export type FilePolicy = 'managed' | 'merge' | 'once';

/**
 * What holds for the files that match. `*` stands for anything within a folder, `**`
 * for folders, too.
 *
 * @public
 */
export interface FilePolicyRule {
  path: string;
  policy: FilePolicy;
}

/** Where a template and its layers say nothing. */
const DEFAULTS: FilePolicyRule[] = [
  { path: '.github/workflows/**', policy: 'managed' },
  { path: '.gitea/workflows/**', policy: 'managed' },
  { path: '.gitlab-ci.yml', policy: 'managed' },
  { path: 'ci/**', policy: 'managed' },
  { path: 'Dockerfile', policy: 'managed' },
  { path: '.dockerignore', policy: 'managed' },
  { path: 'deploy/**', policy: 'managed' },
  { path: 'README*', policy: 'once' },
  { path: 'docs/**', policy: 'once' },
  { path: 'src/**', policy: 'once' },
];

/**
 * What holds for each file: the first rule that matches decides.
 *
 * @public
 */
export class FilePolicies {
  readonly #rules: { pattern: RegExp; policy: FilePolicy }[];

  /** @param rules - those of the template, then those of its layers */
  constructor(rules: readonly FilePolicyRule[]) {
    this.#rules = [...rules, ...DEFAULTS].map(({ path, policy }) => ({
      pattern: globPattern(path),
      policy,
    }));
  }

  of(path: string): FilePolicy {
    return (
      this.#rules.find(({ pattern }) => pattern.test(path))?.policy ?? 'merge'
    );
  }
}
