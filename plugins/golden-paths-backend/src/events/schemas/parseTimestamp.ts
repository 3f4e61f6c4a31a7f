const RFC_3339 =
  /^(\d{4}-\d\d-(\d\d))[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * The moment that a `date-time` of RFC 3339 means, in milliseconds. The second
 * 60 is there at the end of a day in UTC, and counts as the one after it.
 *
 * @returns undefined for what is no `date-time`
 * @internal
 */
export function parseTimestamp(text: string): number | undefined {
  const match = RFC_3339.exec(text);
  if (!match) {
    return undefined;
  }
  const [, date, day, ...rest] = match;
  const [hour, minute, second] = rest.slice(0, 3).map(Number);
  const [, , , fraction = '0', sign, offsetHour, offsetMinute] = rest;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // The date of another month comes back as a day of the next one
  if (
    Number.isNaN(midnight) ||
    new Date(midnight).getUTCDate() !== Number(day)
  ) {
    return undefined;
  }
  if (hour > 23 || minute > 59 || second > 60) {
    return undefined;
  }
  if (sign && (Number(offsetHour) > 23 || Number(offsetMinute) > 59)) {
    return undefined;
  }
  const offset = sign
    ? Number(`${sign}1`) * (Number(offsetHour) * 60 + Number(offsetMinute))
    : 0;
  const minutes = hour * 60 + minute - offset;
  if (
    second === 60 &&
    (minutes + DAY_MINUTES) % DAY_MINUTES !== DAY_MINUTES - 1
  ) {
    return undefined;
  }
  return (
    midnight +
    minutes * MINUTE_MS +
    second * 1_000 +
    Math.floor(Number(fraction) * 1_000)
  );
}
