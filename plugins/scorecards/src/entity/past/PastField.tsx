import { DatePicker } from '@backstage/ui';
import {
  getLocalTimeZone,
  parseDate,
  toCalendarDate,
  today,
  type CalendarDate,
} from '@internationalized/date';
import styles from './Past.module.css';

/** Before it there were no scorecards; on the way to 2026, one types the year 2. */
const EARLIEST = parseDate('2000-01-01');

function readDay(asOf: string | undefined): CalendarDate | undefined {
  try {
    return asOf ? parseDate(asOf.slice(0, 10)) : undefined;
  } catch {
    return undefined;
  }
}

/** A day of the past that one wants to look at. */
export function PastField(props: {
  asOf?: string;
  onChange: (asOf: string | undefined) => void;
}) {
  const { asOf, onChange } = props;
  const latest = today(getLocalTimeZone());
  return (
    <div className={styles.field}>
      <DatePicker
        label="As it stood on"
        size="small"
        value={readDay(asOf) ?? null}
        minValue={EARLIEST}
        maxValue={latest}
        onChange={value => {
          const day = value ? toCalendarDate(value) : undefined;
          if (!day) {
            onChange(undefined);
          } else if (day.compare(EARLIEST) >= 0 && day.compare(latest) < 0) {
            onChange(day.toString());
          } else if (day.compare(latest) === 0) {
            onChange(undefined);
          }
        }}
      />
    </div>
  );
}
