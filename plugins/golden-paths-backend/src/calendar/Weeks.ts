import { InputError } from '@backstage/errors';

const QUARTER_HOUR = 15 * 60_000;
const DAY = 24 * 60 * 60_000;
const WEEK = 7 * DAY;

/** Monday, 5 January 1970, in UTC. */
const FIRST_MONDAY = 4 * DAY;

/** In quarters of an hour; no place on earth is farther from UTC. */
const FARTHEST_OFFSET = 15 * 4;

/**
 * ISO weeks of a time zone: from Monday, at the beginning of the day there, to the
 * next, which is an hour less or more than seven days when the clocks change. Each
 * has the name of its Monday, `2026-11-16`.
 *
 * @internal
 */
export class Weeks {
  readonly #dates: Intl.DateTimeFormat;
  /** When weeks begin, by how many Mondays they are after the first one. */
  readonly #starts = new Map<number, number>();
  /** The same for their names. */
  readonly #names = new Map<number, string>();

  /** Making one takes long, and each remembers what it has looked up. */
  static readonly #known = new Map<string, Weeks>();

  private constructor(dates: Intl.DateTimeFormat) {
    this.#dates = dates;
  }

  /**
   * @param timeZone - its IANA name, such as `Europe/Berlin`
   * @throws InputError when there is no such zone
   */
  static of(timeZone: string): Weeks {
    const known = Weeks.#known.get(timeZone);
    if (known) {
      return known;
    }
    try {
      const weeks = new Weeks(
        new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
          timeZone,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
        }),
      );
      Weeks.#known.set(timeZone, weeks);
      return weeks;
    } catch {
      throw new InputError(
        `${JSON.stringify(
          timeZone,
        )} is not the name of a time zone, such as Europe/Berlin or UTC`,
      );
    }
  }

  /**
   * The week that holds a moment.
   *
   * @param time - milliseconds
   */
  weekOf(time: number): string {
    const index = Math.floor((time - FIRST_MONDAY) / WEEK);
    if (time < this.#startOf(index)) {
      return this.#nameOf(index - 1);
    }
    return this.#nameOf(time < this.#startOf(index + 1) ? index : index + 1);
  }

  /**
   * When a week begins; it ends when the next one begins.
   *
   * @param week - `YYYY-MM-DD`, a Monday
   * @returns milliseconds
   */
  startOf(week: string): number {
    return this.#startOf(indexOf(week));
  }

  #nameOf(index: number): string {
    let name = this.#names.get(index);
    if (name === undefined) {
      name = nameOf(index);
      this.#names.set(index, name);
    }
    return name;
  }

  #startOf(index: number): number {
    let start = this.#starts.get(index);
    if (start === undefined) {
      start = this.#findStart(index);
      this.#starts.set(index, start);
    }
    return start;
  }

  /** Clocks show, and change to, whole quarters of an hour everywhere. */
  #findStart(index: number): number {
    const midnight = FIRST_MONDAY + index * WEEK;
    const monday = nameOf(index);
    let before = -FARTHEST_OFFSET;
    let since = FARTHEST_OFFSET;
    while (since - before > 1) {
      const middle = Math.floor((before + since) / 2);
      if (this.#dateOf(midnight + middle * QUARTER_HOUR) < monday) {
        before = middle;
      } else {
        since = middle;
      }
    }
    return midnight + since * QUARTER_HOUR;
  }

  #dateOf(time: number): string {
    const parts = { year: '', month: '', day: '' };
    for (const { type, value } of this.#dates.formatToParts(time)) {
      if (type === 'year' || type === 'month' || type === 'day') {
        parts[type] = value;
      }
    }
    return `${parts.year.padStart(4, '0')}-${parts.month}-${parts.day}`;
  }
}

/**
 * The week so many weeks later; with a negative number, earlier.
 *
 * @internal
 */
export function addWeeks(week: string, count: number): string {
  return nameOf(indexOf(week) + count);
}

/**
 * How many weeks a week is after another one.
 *
 * @internal
 */
export function weeksBetween(options: { from: string; to: string }): number {
  return indexOf(options.to) - indexOf(options.from);
}

/**
 * The last day of a week, `YYYY-MM-DD`.
 *
 * @internal
 */
export function sundayOf(week: string): string {
  return new Date(FIRST_MONDAY + indexOf(week) * WEEK + 6 * DAY)
    .toISOString()
    .slice(0, 10);
}

/**
 * Whether a text is the name of a week, the date of a Monday.
 *
 * @internal
 */
export function isWeek(text: string): boolean {
  return readIndex(text) !== undefined;
}

function nameOf(index: number): string {
  return new Date(FIRST_MONDAY + index * WEEK).toISOString().slice(0, 10);
}

function indexOf(week: string): number {
  const index = readIndex(week);
  if (index === undefined) {
    throw new InputError(
      `${JSON.stringify(week)} is not the date of a Monday, YYYY-MM-DD`,
    );
  }
  return index;
}

function readIndex(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return undefined;
  }
  const index = (Date.parse(`${text}T00:00:00Z`) - FIRST_MONDAY) / WEEK;
  // JavaScript takes 30 February for 2 March
  return Number.isInteger(index) && nameOf(index) === text ? index : undefined;
}
