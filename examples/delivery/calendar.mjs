export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The days of the sample, from a year before the first start on. */
export function* daysOf({ anchor, until }) {
  const origin = Date.parse(`${anchor}T00:00:00Z`);
  for (let number = -364; ; number++) {
    const start = origin + number * DAY;
    if (start > until) {
      return;
    }
    yield {
      number,
      start,
      name: new Date(start).toISOString().slice(0, 10),
      week: Math.floor(number / 7),
      isWorkday: ![0, 6].includes(new Date(start).getUTCDay()),
    };
  }
}

/** What holds in a week; undefined before the first phase. */
export function phaseOf(phases, week) {
  return phases.filter(({ since }) => since <= week).pop();
}
