import { CelFunction, wrongArgument } from './CelFunction';
import {
  toBool,
  toDouble,
  toDuration,
  toInt,
  toText,
  toTimestamp,
} from './conversions';
import { cachedPattern } from './patterns';
import { EvaluationFailure, Run } from './Run';
import { Duration, isMap, Timestamp } from './values';

function text(run: Run, name: string, value: unknown): string {
  if (typeof value !== 'string') {
    throw wrongArgument(name, value);
  }
  run.spendText(value.length);
  return value;
}

function index(name: string, value: unknown, max: number): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw wrongArgument(name, value);
  }
  if (number < 0 || number > max) {
    throw new EvaluationFailure(
      `${name}() is asked for position ${number} of ${max}`,
    );
  }
  return number;
}

/** A method that looks for one text in another. */
function search(
  name: string,
  call: (value: string, wanted: string) => unknown,
): CelFunction {
  return (run, value, wanted) => {
    const haystack = text(run, name, value);
    const needle = text(run, name, wanted);
    // What repeats itself is searched in the product of both lengths
    run.spend(Math.ceil((haystack.length * needle.length) / 256));
    return call(haystack, needle);
  };
}

/** A method of a text without arguments. */
function ofText(name: string, call: (value: string) => unknown): CelFunction {
  return (run, value) => call(text(run, name, value));
}

/** A method of a text with another one. */
function ofTexts(
  name: string,
  call: (value: string, other: string) => unknown,
): CelFunction {
  return (run, value, other) =>
    call(text(run, name, value), text(run, name, other));
}

function size(run: Run, value: unknown): bigint {
  if (typeof value === 'string') {
    run.spendText(value.length);
    // Characters beyond the first 65,536 take two places
    let count = 0;
    for (let place = 0; place < value.length; place++) {
      count += 1;
      if (value.codePointAt(place)! > 0xffff) {
        place += 1;
      }
    }
    return BigInt(count);
  }
  if (Array.isArray(value)) {
    return BigInt(value.length);
  }
  if (isMap(value)) {
    return BigInt(Object.keys(value).length);
  }
  throw wrongArgument('size', value);
}

function split(run: Run, value: unknown, separator: unknown): unknown {
  const parts = search('split', (a, b) => a.split(b))(run, value, separator);
  run.spendList((parts as string[]).length);
  return parts;
}

function join(run: Run, list: unknown, separator: unknown = ''): string {
  if (!Array.isArray(list)) {
    throw wrongArgument('join', list);
  }
  const between = text(run, 'join', separator);
  run.spendList(list.length);
  let length = between.length * list.length;
  for (const element of list) {
    length += text(run, 'join', element).length;
  }
  run.spendText(length);
  return list.join(between);
}

/** A part of a time in UTC, or the whole of a duration in a unit. */
function ofTime(
  name: string,
  part: (date: Date) => number,
  unit?: number,
): CelFunction {
  return (_run, value) => {
    if (value instanceof Timestamp) {
      return BigInt(part(new Date(value.millis)));
    }
    if (unit && value instanceof Duration) {
      return BigInt(Math.trunc(value.millis / unit));
    }
    throw wrongArgument(name, value);
  };
}

/**
 * By name and number of arguments: `size/1`.
 *
 * @internal
 */
export const FUNCTIONS: ReadonlyMap<string, CelFunction> = new Map<
  string,
  CelFunction
>([
  ['size/1', size],
  ['dyn/1', (_run, value) => value],
  ['string/1', toText],
  ['int/1', toInt],
  ['double/1', toDouble],
  ['bool/1', toBool],
  ['timestamp/1', toTimestamp],
  ['duration/1', toDuration],
]);

/**
 * By name and number of arguments besides what they are called on:
 * `startsWith/1`.
 *
 * @internal
 */
export const METHODS: ReadonlyMap<string, CelFunction> = new Map<
  string,
  CelFunction
>([
  ['size/0', size],
  ['startsWith/1', ofTexts('startsWith', (a, b) => a.startsWith(b))],
  ['endsWith/1', ofTexts('endsWith', (a, b) => a.endsWith(b))],
  ['contains/1', search('contains', (a, b) => a.includes(b))],
  [
    'matches/1',
    (run, value, pattern) =>
      cachedPattern(run, text(run, 'matches', pattern)).test(
        run,
        text(run, 'matches', value),
      ),
  ],
  [
    'lowerAscii/0',
    ofText('lowerAscii', a => a.replace(/[A-Z]+/g, b => b.toLowerCase())),
  ],
  [
    'upperAscii/0',
    ofText('upperAscii', a => a.replace(/[a-z]+/g, b => b.toUpperCase())),
  ],
  ['trim/0', ofText('trim', a => a.trim())],
  ['indexOf/1', search('indexOf', (a, b) => BigInt(a.indexOf(b)))],
  ['lastIndexOf/1', search('lastIndexOf', (a, b) => BigInt(a.lastIndexOf(b)))],
  [
    'substring/1',
    (run, value, from) => {
      const whole = text(run, 'substring', value);
      return whole.slice(index('substring', from, whole.length));
    },
  ],
  [
    'substring/2',
    (run, value, from, to) => {
      const whole = text(run, 'substring', value);
      const end = index('substring', to, whole.length);
      return whole.slice(index('substring', from, end), end);
    },
  ],
  ['split/1', split],
  ['join/0', join],
  ['join/1', join],
  ['getFullYear/0', ofTime('getFullYear', date => date.getUTCFullYear())],
  ['getMonth/0', ofTime('getMonth', date => date.getUTCMonth())],
  ['getDate/0', ofTime('getDate', date => date.getUTCDate())],
  ['getDayOfMonth/0', ofTime('getDayOfMonth', date => date.getUTCDate() - 1)],
  ['getDayOfWeek/0', ofTime('getDayOfWeek', date => date.getUTCDay())],
  ['getHours/0', ofTime('getHours', date => date.getUTCHours(), 3_600_000)],
  ['getMinutes/0', ofTime('getMinutes', date => date.getUTCMinutes(), 60_000)],
  ['getSeconds/0', ofTime('getSeconds', date => date.getUTCSeconds(), 1_000)],
  [
    'getMilliseconds/0',
    ofTime('getMilliseconds', date => date.getUTCMilliseconds(), 1),
  ],
]);
