/** A change of something that was right. */
export interface Mutation {
  /** Where and what, such as `subject.id is 7`. */
  title: string;
  value: unknown;
}

type Step = string | number;

/** Values in place of what was there. */
const REPLACEMENTS: [string, unknown][] = [
  ['null', null],
  ['true', true],
  ['0', 0],
  ['1.5', 1.5],
  ['an empty text', ''],
  ['a space', ' '],
  ['a word', 'word'],
  ['a long text', 'x'.repeat(5_000)],
  ['other signs', '日本 🦊\t"'],
  ['an empty object', {}],
  ['an object', { id: 'a' }],
  ['an empty list', []],
  ['a list of texts', ['a']],
  ['a list of objects', [{ id: 'a' }]],
  ['an address', 'https://example.com/a?b=c#d'],
  ['a relative address', '../a/b'],
  ['a broken address', 'https://exa mple.com/%zz'],
  ['a time', '2026-08-01T10:00:00.123456789+05:30'],
  ['a day', '2026-08-01'],
  ['no day', '2026-02-30T10:00:00Z'],
  ['success', 'success'],
  ['critical', 'critical'],
];

/** Keys in addition to what was there. */
const ADDITIONS: [string, unknown][] = [
  ['more', 'word'],
  ['source', '/a'],
  ['type', 'ticket'],
  ['version', '0.5.1'],
  ['uri', 'no uri at all'],
  ['__proto__', { id: 'a' }],
  ['constructor', 'word'],
];

/**
 * All that results from one change somewhere in a JSON value: each part removed,
 * replaced, or with something more in it.
 */
export function* mutationsOf(original: unknown): Generator<Mutation> {
  for (const [path, value] of partsOf(original)) {
    const where = path.join('.') || 'all';
    if (path.length > 0) {
      yield { title: `${where} removed`, value: change(original, path) };
    }
    for (const [what, replacement] of REPLACEMENTS) {
      yield {
        title: `${where} is ${what}`,
        value: change(original, path, { value: replacement }),
      };
    }
    if (Array.isArray(value)) {
      yield {
        title: `${where} has null at its end`,
        value: change(original, path, { value: [...value, null] }),
      };
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, addition] of ADDITIONS) {
        yield {
          title: `${where} has ${key}`,
          value: change(original, path, {
            value: withKey(value, key, addition),
          }),
        };
      }
    }
  }
}

function* partsOf(
  value: unknown,
  path: Step[] = [],
): Generator<[Step[], unknown]> {
  yield [path, value];
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* partsOf(item, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }
}

/** A copy with another value, or none, at a path. */
function change(
  value: unknown,
  [step, ...rest]: Step[],
  replacement?: { value: unknown },
): unknown {
  if (step === undefined) {
    return replacement?.value;
  }
  const isLast = rest.length === 0 && !replacement;
  if (Array.isArray(value)) {
    return isLast
      ? value.filter((_, index) => index !== step)
      : value.map((item, index) =>
          index === step ? change(item, rest, replacement) : item,
        );
  }
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([key, item]) => {
      if (key !== step) {
        return [[key, item]];
      }
      return isLast ? [] : [[key, change(item, rest, replacement)]];
    }),
  );
}

/** As `JSON.parse` makes it: also one with a key that objects have anyway. */
function withKey(value: object, key: string, item: unknown): object {
  const entries = [...Object.entries(value), [key, item]].map(
    ([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`,
  );
  return JSON.parse(`{${entries.join()}}`);
}
