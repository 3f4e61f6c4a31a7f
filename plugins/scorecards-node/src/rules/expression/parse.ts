import {
  ASTNode,
  Environment,
  ParseError,
  ParseResult,
  TypeError as CelTypeError,
} from '@marcbachmann/cel-js';
import { CheckError } from '../CheckError';
import { CHECK_LIMITS } from '../limits';

const environment = createEnvironment();

function createEnvironment(): Environment {
  const result = new Environment({
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: CHECK_LIMITS.nodes,
      maxDepth: CHECK_LIMITS.depth,
    },
  })
    .registerVariable('entity', 'map')
    .registerVariable('facts', 'map')
    .registerVariable('now', 'google.protobuf.Timestamp');
  // Values are never computed by this environment: see `compileNode`
  const mixed = () => undefined;
  for (const operator of ['+', '-', '*', '/', '%']) {
    result.registerOperator(`int ${operator} double: double`, mixed);
    result.registerOperator(`double ${operator} int: double`, mixed);
  }
  result.registerOperator('double % double: double', mixed);
  result.registerOperator('int == double: bool', mixed);
  return result;
}

const WORDS: { [token: string]: string } = {
  EOF: 'the end',
  NUMBER: 'a number',
  STRING: 'a text',
  BOOLEAN: 'true or false',
  NULL: 'null',
  IDENTIFIER: 'a name',
  LPAREN: '(',
  RPAREN: ')',
  LBRACKET: '[',
  RBRACKET: ']',
  LBRACE: '{',
  RBRACE: '}',
  DOT: '.',
  COMMA: ',',
  COLON: ':',
  QUESTION: '?',
  BYTES: 'bytes',
  MULTIPLY: '*',
  DIVIDE: '/',
  MODULO: '%',
  PLUS: '+',
  MINUS: '-',
  EQ: '==',
  NE: '!=',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  AND: '&&',
  OR: '||',
  NOT: '!',
  IN: 'in',
};

/** Says it as the people do who write expressions. */
function plain(summary: string): string {
  return summary
    .replace(/\b[A-Z]{2,}\b/g, token => WORDS[token] ?? token)
    .replace(/map<dyn, dyn>/g, 'map')
    .replace(/list<dyn>/g, 'list')
    .replace(/dyn<(\w+)>/g, '$1')
    .replace(/google\.protobuf\.(Timestamp|Duration)/g, (_, type) =>
      type.toLowerCase(),
    )
    .replace(
      'Exceeded maxAstNodes',
      'There are more operators, operands and calls than allowed',
    )
    .replace('Exceeded maxDepth', 'It is nested more deeply than allowed')
    .trim();
}

/** What people write who know other languages. */
const HINTS: { [text: string]: string } = {
  '=': 'to compare, write ==',
  '&': 'write &&',
  '|': 'write ||',
  and: 'write &&',
  or: 'write ||',
  not: 'write !',
};

/** Names what stands there, and not only its last character. */
function unexpected(expression: string, start: number, end: number): string {
  const text = expression.slice(start, Math.max(end, start + 1));
  const hint = HINTS[text];
  return `Unexpected ${text}${hint ? `: ${hint}` : ''}`;
}

function refusal(expression: string, error: unknown): unknown {
  if (error instanceof ParseError || error instanceof CelTypeError) {
    const { code, range, summary, message } = error;
    return CheckError.at(
      expression,
      range?.start,
      code === 'unexpected_character' && range
        ? unexpected(expression, range.start, range.end)
        : plain(summary ?? message),
    );
  }
  return error;
}

/**
 * Reads an expression.
 *
 * @throws CheckError
 * @internal
 */
export function parse(expression: string): ParseResult {
  const bytes = Buffer.byteLength(expression);
  if (bytes > CHECK_LIMITS.textBytes) {
    throw CheckError.at(
      expression,
      undefined,
      `it has ${bytes} bytes, more than ${CHECK_LIMITS.textBytes}`,
    );
  }
  try {
    return environment.parse(expression);
  } catch (error) {
    throw refusal(expression, error);
  }
}

/**
 * Checks the types of an expression as far as they can be known.
 *
 * @throws CheckError
 * @internal
 */
export function checkTypes(expression: string, parsed: ParseResult): void {
  const { valid, error, type } = parsed.check();
  if (!valid) {
    throw refusal(expression, error);
  }
  if (type !== 'bool' && type !== 'dyn') {
    throw CheckError.at(
      expression,
      (parsed.ast as ASTNode).start,
      `it yields ${
        type === 'int' ? 'an int' : `a ${plain(type ?? '')}`
      }, not a bool`,
    );
  }
}
