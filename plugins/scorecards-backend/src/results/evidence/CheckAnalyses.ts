import { analyzeCheck } from '@waymark/plugin-scorecards-node';

/** More than the rules of any organisation; the oldest are analysed again. */
const MAX_CHECKS = 5_000;

/** A path that an expression reads. */
export interface CheckPath {
  segments: string[];
  /** Dotted, without the variable. */
  path: string;
  /** The expression asks whether it is there. */
  guarded: boolean;
}

export interface CheckPaths {
  facts: CheckPath[];
  entity: CheckPath[];
}

const known = new Map<string, CheckPaths>();

/**
 * What an expression reads; the same text is taken apart once.
 *
 * @internal
 */
export function pathsOf(check: string): CheckPaths {
  let paths = known.get(check);
  if (!paths) {
    paths = analyze(check);
    known.set(check, paths);
    if (known.size > MAX_CHECKS) {
      const [oldest] = known.keys();
      known.delete(oldest);
    }
  }
  return paths;
}

function analyze(check: string): CheckPaths {
  try {
    const { factPaths, entityPaths } = analyzeCheck(check);
    const withPath = (paths: typeof factPaths) =>
      paths.map(path => ({ ...path, path: path.segments.join('.') }));
    return { facts: withPath(factPaths), entity: withPath(entityPaths) };
  } catch {
    // Of a revision that an earlier version of the language took
    return { facts: [], entity: [] };
  }
}
