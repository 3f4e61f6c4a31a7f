import { ASTNode } from '@marcbachmann/cel-js';
import { compileCall, compileMethod } from './compileCall';
import { logical } from './logical';
import { BINARY_OPERATORS, negate, not } from './operators';
import { EvaluationFailure, Evaluate, Run } from './Run';
import { Place, refuse } from './Place';
import { formatPath, StaticPath } from './Scope';
import { memberOf, typeName } from './values';

/** How to ask whether it is there: `has()` takes only names. */
function guardOf(root: string, segments: readonly string[]): string {
  const name = formatPath(root, segments);
  if (!name.includes('[')) {
    return `has(${name})`;
  }
  const key = segments[segments.length - 1];
  return `${JSON.stringify(key)} in ${formatPath(root, segments.slice(0, -1))}`;
}

/** A fact that is missing is no data, a field of the entity is a mistake. */
function missing(run: Run, { root, segments }: StaticPath): EvaluationFailure {
  const name = formatPath(root, segments);
  if (root === 'facts') {
    run.missingFact ??= name;
    return new EvaluationFailure(`There is no ${name}`);
  }
  return new EvaluationFailure(
    `There is no ${name}: ask with ${guardOf(root, segments)} first`,
  );
}

function compilePath(path: StaticPath): Evaluate {
  const { root, segments } = path;
  return run => {
    let value = run[root];
    for (let index = 0; index < segments.length; index++) {
      value = memberOf(value, segments[index]);
      if (value === undefined) {
        throw missing(run, path);
      }
    }
    return value;
  };
}

function elementOf(value: readonly unknown[], key: unknown): unknown {
  const index = typeof key === 'bigint' ? Number(key) : key;
  if (typeof index !== 'number') {
    throw new EvaluationFailure(
      `A list is asked for its element ${typeName(key)}, not for a number`,
    );
  }
  if (!Number.isInteger(index) || index < 0 || index >= value.length) {
    throw new EvaluationFailure(
      `A list of ${value.length} elements is asked for element ${index}`,
    );
  }
  return value[index];
}

/** `a.b` and `a[b]`, where it is known only later what `a` is. */
function compileAccess(
  place: Place,
  base: ASTNode,
  evaluateKey: Evaluate,
): Evaluate {
  const path = place.scope.pathOf(base);
  const evaluateBase = compileNode(place, base);
  return run => {
    const value = evaluateBase(run);
    const key = evaluateKey(run);
    if (Array.isArray(value)) {
      return elementOf(value, key);
    }
    const member = typeof key === 'string' ? memberOf(value, key) : undefined;
    if (member !== undefined) {
      return member;
    }
    if (path && typeof key === 'string') {
      throw missing(run, {
        root: path.root,
        segments: [...path.segments, key],
      });
    }
    throw new EvaluationFailure(
      typeof key === 'string'
        ? `A ${typeName(value)} has no field ${JSON.stringify(
            key.slice(0, 60),
          )}`
        : `A ${typeName(value)} is asked for an element by a ${typeName(key)}`,
    );
  };
}

function compileVariable(place: Place, node: ASTNode, name: string): Evaluate {
  const variable = place.scope.find(name);
  if (variable) {
    const { slot } = variable;
    return run => run.locals[slot];
  }
  if (name === 'entity' || name === 'facts' || name === 'now') {
    return run => run[name];
  }
  throw refuse(
    place,
    node,
    `${name} is not known: there are entity, facts and now`,
  );
}

/**
 * Makes a function of a part of an expression.
 *
 * @throws CheckError
 * @internal
 */
export function compileNode(place: Place, node: ASTNode): Evaluate {
  switch (node.op) {
    case 'value': {
      const value = node.args;
      if (typeof value === 'object' && value !== null) {
        throw refuse(place, node, 'Rules know neither bytes nor uint');
      }
      return () => value;
    }
    case 'id':
      return compileVariable(place, node, node.args);
    case '.':
    case '[]': {
      const path = place.scope.pathOf(node);
      if (path) {
        return compilePath(path);
      }
      const [base, key] = node.args;
      return compileAccess(
        place,
        base,
        typeof key === 'string' ? () => key : compileNode(place, key),
      );
    }
    case 'call':
      return compileCall(place, node, ...node.args);
    case 'rcall':
      return compileMethod(place, node, ...node.args);
    case 'list': {
      const elements = node.args.map(element => compileNode(place, element));
      return run => {
        run.spendList(elements.length);
        return elements.map(evaluate => evaluate(run));
      };
    }
    case 'map': {
      const entries = node.args.map(
        ([key, value]) =>
          [compileNode(place, key), compileNode(place, value)] as const,
      );
      return run => {
        run.spendList(entries.length);
        const result: { [key: string]: unknown } = Object.create(null);
        for (const [evaluateKey, evaluateValue] of entries) {
          const key = evaluateKey(run);
          if (typeof key !== 'string') {
            throw new EvaluationFailure(
              `The key of a map is a ${typeName(key)}, not a string`,
            );
          }
          result[key] = evaluateValue(run);
        }
        return result;
      };
    }
    case '?:': {
      const [condition, then, otherwise] = node.args.map(arg =>
        compileNode(place, arg),
      );
      return run => {
        const value = condition(run);
        if (typeof value !== 'boolean') {
          throw new EvaluationFailure(
            `The condition before ? is a ${typeName(value)}, not a bool`,
          );
        }
        return value ? then(run) : otherwise(run);
      };
    }
    case '||':
    case '&&': {
      const [left, right] = node.args.map(arg => compileNode(place, arg));
      return logical(node.op === '||', left, right);
    }
    case '!_': {
      const operand = compileNode(place, node.args);
      return run => not(operand(run));
    }
    case '-_': {
      const operand = compileNode(place, node.args);
      return run => negate(operand(run));
    }
    default: {
      const operator = BINARY_OPERATORS.get(node.op);
      if (!operator) {
        throw refuse(place, node, `${node.op} is not available in rules`);
      }
      const [left, right] = (node.args as [ASTNode, ASTNode]).map(arg =>
        compileNode(place, arg),
      );
      return run => operator(run, left(run), right(run));
    }
  }
}
