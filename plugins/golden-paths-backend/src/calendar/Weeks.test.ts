import { seededRandom } from '../__testUtils__/seededRandom';
import { addWeeks, isWeek, sundayOf, Weeks, weeksBetween } from './Weeks';

const HOUR = 3_600_000;
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Marquesas',
  'Pacific/Pago_Pago',
];

/** Reads the Monday on or before a day off a calendar on the wall there. */
function calendarOnTheWall(timeZone: string): (time: number) => string {
  // The Swedish write dates as ISO does
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone });
  return time => {
    const day = new Date(`${wall.format(time)}T12:00:00Z`);
    while (day.getUTCDay() !== 1) {
      day.setUTCDate(day.getUTCDate() - 1);
    }
    return day.toISOString().slice(0, 10);
  };
}

describe('Weeks', () => {
  it.each([
    // A Sunday evening in UTC is Monday already in Berlin, and not yet in New York
    ['UTC', '2026-11-15T23:30:00Z', '2026-11-09'],
    ['Europe/Berlin', '2026-11-15T23:30:00Z', '2026-11-16'],
    ['America/New_York', '2026-11-16T04:59:59Z', '2026-11-09'],
    ['America/New_York', '2026-11-16T05:00:00Z', '2026-11-16'],
    // The last days of 2026 are of a week that ends in 2027
    ['UTC', '2026-12-31T12:00:00Z', '2026-12-28'],
    ['UTC', '2027-01-03T23:59:59.999Z', '2026-12-28'],
    ['UTC', '2027-01-04T00:00:00Z', '2027-01-04'],
    // Before 1970, and in a leap year
    ['UTC', '1969-12-31T00:00:00Z', '1969-12-29'],
    ['UTC', '2024-02-29T00:00:00Z', '2024-02-26'],
  ])('in %s %s is of the week of %s', (timeZone, moment, week) => {
    expect(Weeks.of(timeZone).weekOf(Date.parse(moment))).toBe(week);
  });

  it.each([
    ['the clocks go forward', 'Europe/Berlin', '2026-03-23', 167],
    ['the clocks go back', 'Europe/Berlin', '2026-10-19', 169],
    ['they change by half an hour', 'Australia/Lord_Howe', '2026-03-30', 168.5],
    ['a whole day is left out', 'Pacific/Apia', '2011-12-26', 144],
    ['nothing changes', 'Asia/Kathmandu', '2026-03-23', 168],
  ])('when %s in %s, a week has as many hours', (_, timeZone, week, hours) => {
    const weeks = Weeks.of(timeZone);
    expect(weeks.startOf(addWeeks(week, 1)) - weeks.startOf(week)).toBe(
      hours * HOUR,
    );
  });

  it('says what a calendar on the wall says', () => {
    const random = seededRandom(7);
    const [from, to] = [Date.UTC(2009, 0), Date.UTC(2032, 0)];
    for (const timeZone of zones) {
      const weeks = Weeks.of(timeZone);
      const mondayOf = calendarOnTheWall(timeZone);
      for (let times = 0; times < 150; times++) {
        const time = Math.floor(from + random() * (to - from));
        const week = weeks.weekOf(time);
        expect([timeZone, time, week]).toEqual([
          timeZone,
          time,
          mondayOf(time),
        ]);
        // The moments around its beginning are the hard ones
        const start = weeks.startOf(week);
        expect(start).toBeLessThanOrEqual(time);
        expect(weeks.weekOf(start)).toBe(week);
        expect(weeks.weekOf(start - 1)).toBe(addWeeks(week, -1));
        expect(mondayOf(start)).toBe(week);
        expect(mondayOf(start - 1)).toBe(addWeeks(week, -1));
      }
    }
  });

  it('counts in weeks', () => {
    expect(addWeeks('2026-12-28', 1)).toBe('2027-01-04');
    expect(weeksBetween({ from: '2026-12-28', to: '2027-01-11' })).toBe(2);
    expect(sundayOf('2026-12-28')).toBe('2027-01-03');
  });

  it('knows Mondays', () => {
    expect(['2026-11-16', '2027-01-04', '1969-12-29'].every(isWeek)).toBe(true);
    expect(
      ['2026-11-17', '2026-02-30', '2026-11-16T00:00:00Z', '', 'x'].some(
        isWeek,
      ),
    ).toBe(false);
    expect(() => addWeeks('2026-11-17', 1)).toThrow(/"2026-11-17" is not/);
  });

  it('knows time zones', () => {
    expect(() => Weeks.of('Europe/Kestrelvale')).toThrow(
      /"Europe\/Kestrelvale" is not the name of a time zone/,
    );
  });
});
