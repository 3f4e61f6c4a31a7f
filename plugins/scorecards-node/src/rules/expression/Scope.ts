import { ASTNode } from '@marcbachmann/cel-js';

/**
 * A place below one of the variables that every expression has.
 *
 * @internal
 */
export interface StaticPath {
  root: 'entity' | 'facts';
  segments: string[];
}

interface Variable {
  slot: number;
  /** When it is another name for a place. */
  path?: StaticPath;
}

/**
 * The variables of macros at some place of an expression.
 *
 * @internal
 */
export class Scope {
  static readonly ROOT = new Scope(new Map(), 0, 0);

  private constructor(
    private readonly variables: ReadonlyMap<string, Variable>,
    private readonly slots: number,
    /** How many macros are around. */
    readonly macros: number,
  ) {}

  /** Within a macro. */
  withElement(name: string): { scope: Scope; slot: number } {
    return this.#with(name, undefined, this.macros + 1);
  }

  /** Within `cel.bind`. */
  withBinding(
    name: string,
    path: StaticPath | undefined,
  ): { scope: Scope; slot: number } {
    return this.#with(name, path, this.macros);
  }

  find(name: string): Variable | undefined {
    return this.variables.get(name);
  }

  #with(name: string, path: StaticPath | undefined, macros: number) {
    const slot = this.slots;
    return {
      slot,
      scope: new Scope(
        new Map(this.variables).set(name, { slot, path }),
        slot + 1,
        macros,
      ),
    };
  }

  /** `facts.a.b` and `facts['a']['b']`, also through names given by `cel.bind`. */
  pathOf(node: ASTNode): StaticPath | undefined {
    const segments: string[] = [];
    let current = node;
    for (;;) {
      if (current.op === '.') {
        segments.unshift(current.args[1]);
        current = current.args[0];
      } else if (current.op === '[]') {
        const [base, key] = current.args;
        if (key.op !== 'value' || typeof key.args !== 'string') {
          return undefined;
        }
        segments.unshift(key.args);
        current = base;
      } else if (current.op === 'id') {
        const variable = this.variables.get(current.args);
        if (variable) {
          return (
            variable.path && {
              root: variable.path.root,
              segments: [...variable.path.segments, ...segments],
            }
          );
        }
        return current.args === 'facts' || current.args === 'entity'
          ? { root: current.args, segments }
          : undefined;
      } else {
        return undefined;
      }
    }
  }
}

/**
 * A path as it is written in an expression.
 *
 * @internal
 */
export function formatPath(
  root: string,
  segments: readonly (string | number)[],
): string {
  return segments.reduce<string>(
    (text, segment) =>
      /^[A-Za-z_]\w*$/.test(String(segment))
        ? `${text}.${segment}`
        : `${text}[${JSON.stringify(segment)}]`,
    root,
  );
}
