import type { JsonObject, JsonValue } from '@backstage/types';

/** What is asked of the value of a field. */
export type Question =
  | { ask: 'is' | 'contains'; values: string[] }
  | { ask: 'exists' }
  | { ask: 'begins'; prefix: string }
  /** Of `relations`: one of a type, to one of some entities or to anything. */
  | { ask: 'relates'; type: string; targets: string[] };

/** One condition of several that all have to hold. */
export type Condition =
  | { path: string; question: Question; isNegated: boolean }
  /** One of these has to hold, each of them all of its conditions. */
  | { either: Condition[][] };

/** A predicate that has no words here. */
export class UnreadablePredicate extends Error {}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readValue(value: JsonValue | undefined): string {
  if (value === null || value === undefined || typeof value === 'object') {
    throw new UnreadablePredicate();
  }
  return String(value);
}

function readValues(value: JsonValue | undefined): string[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new UnreadablePredicate();
  }
  return value.map(readValue);
}

function readContent(path: string, content: JsonValue | undefined): Question {
  if (!isObject(content)) {
    return { ask: 'contains', values: [readValue(content)] };
  }
  const { $any: any, type, targetRef, ...rest } = content;
  if (Object.keys(rest).length > 0) {
    throw new UnreadablePredicate();
  }
  if (any !== undefined && type === undefined && targetRef === undefined) {
    return { ask: 'contains', values: readValues(any) };
  }
  if (path !== 'relations' || any !== undefined) {
    throw new UnreadablePredicate();
  }
  const targets = isObject(targetRef)
    ? readValues(targetRef.$in)
    : [targetRef].flatMap(each => (each === undefined ? [] : readValue(each)));
  return { ask: 'relates', type: readValue(type), targets };
}

function readField(path: string, value: JsonValue | undefined): Condition {
  const isTrue = (question: Question) => ({
    path,
    question,
    isNegated: false,
  });
  if (!isObject(value)) {
    return isTrue({ ask: 'is', values: [readValue(value)] });
  }
  const [operator, ...others] = Object.keys(value);
  const operand = value[operator];
  if (others.length > 0) {
    throw new UnreadablePredicate();
  }
  switch (operator) {
    case '$in':
      return isTrue({ ask: 'is', values: readValues(operand) });
    case '$exists':
      return { ...isTrue({ ask: 'exists' }), isNegated: operand === false };
    case '$hasPrefix':
      return isTrue({ ask: 'begins', prefix: readValue(operand) });
    case '$contains':
      return isTrue(readContent(path, operand));
    default:
      throw new UnreadablePredicate();
  }
}

/** By De Morgan: not all of them is one of them not. */
function negate(conditions: Condition[]): Condition[] {
  if (conditions.length === 0) {
    throw new UnreadablePredicate();
  }
  const negated = conditions.map(condition =>
    'either' in condition
      ? condition.either.flatMap(negate)
      : [{ ...condition, isNegated: !condition.isNegated }],
  );
  return negated.length === 1 ? negated[0] : [{ either: negated }];
}

/**
 * The conditions of a filter predicate, with `$all`, `$any` and `$not` resolved:
 * all of them have to hold.
 *
 * @throws UnreadablePredicate when it has a shape that is not known here
 */
export function readPredicate(predicate: JsonValue): Condition[] {
  if (!isObject(predicate)) {
    throw new UnreadablePredicate();
  }
  return Object.entries(predicate).flatMap(([key, value]): Condition[] => {
    if (!key.startsWith('$')) {
      return [readField(key, value)];
    }
    if (Object.keys(predicate).length > 1 || value === undefined) {
      throw new UnreadablePredicate();
    }
    if (key === '$not') {
      return negate(readPredicate(value));
    }
    if (!Array.isArray(value)) {
      throw new UnreadablePredicate();
    }
    const parts = value.map(readPredicate);
    if (key === '$all') {
      return parts.flat();
    }
    if (key !== '$any' || parts.some(part => part.length === 0)) {
      throw new UnreadablePredicate();
    }
    if (parts.length === 0) {
      throw new UnreadablePredicate();
    }
    return parts.length === 1 ? parts[0] : [{ either: parts }];
  });
}
