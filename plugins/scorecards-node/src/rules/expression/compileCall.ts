import { ASTNode } from '@marcbachmann/cel-js';
import {
  compileBind,
  compileHas,
  compileMacro,
  isMacro,
  MACROS,
} from './compileMacro';
import { Place, refuse } from './Place';
import { FUNCTIONS, METHODS } from './functions';
import { Pattern } from './patterns';
import { EvaluationFailure, Evaluate, Run } from './Run';
import { typeName } from './values';

function isKnown(functions: ReadonlyMap<string, unknown>, name: string) {
  return [...functions.keys(), ...MACROS, 'has/1'].some(key =>
    key.startsWith(`${name}/`),
  );
}

function unknown(
  place: Place,
  node: ASTNode,
  functions: ReadonlyMap<string, unknown>,
  name: string,
) {
  return refuse(
    place,
    node,
    isKnown(functions, name)
      ? `${name}() has another number of arguments`
      : `There is no function ${name}()`,
  );
}

/**
 * `name(…)`
 *
 * @internal
 */
export function compileCall(
  place: Place,
  node: ASTNode,
  name: string,
  args: ASTNode[],
): Evaluate {
  if (name === 'has' && args.length === 1) {
    return compileHas(place, args[0]);
  }
  const call = FUNCTIONS.get(`${name}/${args.length}`);
  if (!call) {
    throw unknown(place, node, FUNCTIONS, name);
  }
  const [evaluate] = args.map(arg => place.compile(place, arg));
  if ((name === 'timestamp' || name === 'duration') && args[0].op === 'value') {
    return constant(place, args[0], run => call(run, evaluate(run)));
  }
  return run => call(run, evaluate(run));
}

/**
 * `receiver.name(…)`
 *
 * @internal
 */
export function compileMethod(
  place: Place,
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  args: ASTNode[],
): Evaluate {
  if (name === 'bind' && receiver.op === 'id' && receiver.args === 'cel') {
    return compileBind(place, node, args);
  }
  if (isMacro(name, args.length)) {
    return compileMacro(place, node, name, receiver, args);
  }
  const call = METHODS.get(`${name}/${args.length}`);
  if (!call) {
    throw unknown(place, node, METHODS, name);
  }
  const value = place.compile(place, receiver);
  if (name === 'matches' && args[0].op === 'value') {
    return compileMatches(place, value, args[0]);
  }
  const [first, second] = args.map(arg => place.compile(place, arg));
  if (second) {
    return run => call(run, value(run), first(run), second(run));
  }
  return first
    ? run => call(run, value(run), first(run))
    : run => call(run, value(run));
}

/** Whatever is wrong with a literal is known at once. */
function constant(place: Place, node: ASTNode, evaluate: Evaluate): Evaluate {
  const value = atOnce(place, node, () => evaluate(new Run()));
  return () => value;
}

function atOnce<T>(place: Place, node: ASTNode, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof EvaluationFailure
      ? refuse(place, node, error.message)
      : error;
  }
}

function compileMatches(
  place: Place,
  value: Evaluate,
  node: ASTNode,
): Evaluate {
  const literal = node.args;
  if (typeof literal !== 'string') {
    throw refuse(place, node, 'The regular expression is not a text');
  }
  const pattern = atOnce(place, node, () => Pattern.compile(literal));
  return run => {
    const text = value(run);
    if (typeof text !== 'string') {
      throw new EvaluationFailure(
        `matches() cannot be used with a ${typeName(text)}`,
      );
    }
    return pattern.test(run, text);
  };
}
