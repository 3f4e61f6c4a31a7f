import { ASTNode } from '@marcbachmann/cel-js';
import { CHECK_LIMITS } from '../limits';
import { Place, refuse } from './Place';
import { EvaluationFailure, Evaluate, LimitFailure, Run } from './Run';
import { isMap, memberOf, typeName } from './values';

/**
 * By name and number of arguments.
 *
 * @internal
 */
export const MACROS: ReadonlySet<string> = new Set([
  'all/2',
  'exists/2',
  'exists_one/2',
  'filter/2',
  'map/2',
  'map/3',
]);

/** @internal */
export function isMacro(name: string, args: number): boolean {
  return MACROS.has(`${name}/${args}`);
}

/**
 * `has(a.b.c)`: whether there is such a field, and everything on the way to it.
 *
 * @internal
 */
export function compileHas(place: Place, node: ASTNode): Evaluate {
  const segments: string[] = [];
  let base = node;
  while (base.op === '.') {
    segments.unshift(base.args[1]);
    base = base.args[0];
  }
  if (segments.length === 0 || base.op !== 'id') {
    throw refuse(
      place,
      node,
      'has() asks for a field, such as has(entity.metadata.description)',
    );
  }
  const evaluate = place.compile(place, base);
  return run => {
    let value = evaluate(run);
    for (const segment of segments) {
      value = memberOf(value, segment);
      if (value === undefined) {
        return false;
      }
    }
    return true;
  };
}

function nameOf(place: Place, node: ASTNode): string {
  if (node.op !== 'id') {
    throw refuse(place, node, 'Here a name is expected');
  }
  if (['entity', 'facts', 'now', 'cel'].includes(node.args)) {
    throw refuse(place, node, `${node.args} has a meaning already`);
  }
  return node.args;
}

/**
 * `cel.bind(name, value, expression)`
 *
 * @internal
 */
export function compileBind(
  place: Place,
  node: ASTNode,
  args: ASTNode[],
): Evaluate {
  if (args.length !== 3) {
    throw refuse(
      place,
      node,
      'cel.bind() takes a name, a value and an expression',
    );
  }
  const name = nameOf(place, args[0]);
  const { scope, slot } = place.scope.withBinding(
    name,
    place.scope.pathOf(args[1]),
  );
  const value = place.compile(place, args[1]);
  const body = place.compile({ ...place, scope }, args[2]);
  return run => {
    run.locals[slot] = value(run);
    return body(run);
  };
}

/** How many parts are evaluated for each element. */
function sizeOf(node: unknown): number {
  if (Array.isArray(node)) {
    return node.reduce<number>((sum, part) => sum + sizeOf(part), 0);
  }
  if (typeof node === 'object' && node !== null && 'op' in node) {
    return 1 + sizeOf((node as ASTNode).args);
  }
  return 0;
}

function elementsOf(run: Run, value: unknown, name: string): unknown[] {
  let elements;
  if (Array.isArray(value)) {
    elements = value;
  } else if (isMap(value)) {
    elements = Object.keys(value);
  } else {
    throw new EvaluationFailure(
      `${name}() goes through a list or a map, this is a ${typeName(value)}`,
    );
  }
  if (elements.length > CHECK_LIMITS.macroElements) {
    throw new LimitFailure(
      `${name}() goes through ${elements.length.toLocaleString(
        'en',
      )} elements, more than ${CHECK_LIMITS.macroElements.toLocaleString(
        'en',
      )}`,
    );
  }
  run.spend(1);
  return elements;
}

/**
 * `list.all(x, …)` and the like. Of a map, its keys.
 *
 * @internal
 */
export function compileMacro(
  place: Place,
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  args: ASTNode[],
): Evaluate {
  const { scope, slot } = place.scope.withElement(nameOf(place, args[0]));
  if (scope.macros > CHECK_LIMITS.nestedMacros) {
    throw refuse(
      place,
      node,
      `${name}() is nested in ${CHECK_LIMITS.nestedMacros} others, more deeply than allowed`,
    );
  }
  const list = place.compile(place, receiver);
  const bodies = args
    .slice(1)
    .map(arg => place.compile({ ...place, scope }, arg));
  const cost = 1 + sizeOf(args.slice(1));
  const each = (run: Run, element: unknown) => {
    run.spend(cost);
    run.locals[slot] = element;
  };
  const [first, second] = bodies;
  const test = (run: Run, element: unknown): boolean => {
    each(run, element);
    const value = first(run);
    if (typeof value !== 'boolean') {
      throw new EvaluationFailure(
        `${name}() needs a bool for each element, this is a ${typeName(value)}`,
      );
    }
    return value;
  };
  const elements = (run: Run) => elementsOf(run, list(run), name);
  switch (`${name}/${args.length}`) {
    case 'all/2':
      return run => decided(run, elements(run), test, false);
    case 'exists/2':
      return run => decided(run, elements(run), test, true);
    case 'exists_one/2':
      return run =>
        elements(run).filter(element => test(run, element)).length === 1;
    case 'filter/2':
      return run => elements(run).filter(element => test(run, element));
    case 'map/3':
      return run =>
        elements(run)
          .filter(element => test(run, element))
          .map(element => {
            each(run, element);
            return second(run);
          });
    default:
      return run =>
        elements(run).map(element => {
          each(run, element);
          return first(run);
        });
  }
}

/** One element that decides makes up for failures of the others, as with `&&` and `||`. */
function decided(
  run: Run,
  elements: unknown[],
  test: (run: Run, element: unknown) => boolean,
  decides: boolean,
): boolean {
  let failure: EvaluationFailure | undefined;
  for (const element of elements) {
    try {
      if (test(run, element) === decides) {
        return decides;
      }
    } catch (error) {
      if (
        !(error instanceof EvaluationFailure) ||
        error instanceof LimitFailure
      ) {
        throw error;
      }
      failure ??= error;
    }
  }
  if (failure) {
    throw failure;
  }
  return !decides;
}
