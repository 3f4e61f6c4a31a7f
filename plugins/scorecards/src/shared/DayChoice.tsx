import { DatePicker } from '@backstage/ui';
import { CalendarDate, parseDate, today } from '@internationalized/date';
import { useEffect, useState } from 'react';
import { isDay } from '@waymark/ui';

/** Before that, nobody typed the year to its end. */
const FIRST_YEAR = 2000;

function read(day: string | undefined): CalendarDate | null {
  return day && isDay(day) ? parseDate(day) : null;
}

/** A day of the past, in UTC as the backend counts days. */
export function DayChoice(props: {
  label: string;
  value?: string;
  onChange: (value: string | undefined) => void;
}) {
  const { label, value, onChange } = props;
  const [day, setDay] = useState(() => read(value));
  useEffect(() => setDay(read(value)), [value]);
  const last = today('UTC');

  return (
    <DatePicker
      label={label}
      value={day}
      maxValue={last}
      onChange={next => {
        const chosen =
          next && new CalendarDate(next.year, next.month, next.day);
        setDay(chosen);
        if (!chosen) {
          onChange(undefined);
        } else if (chosen.year >= FIRST_YEAR && chosen.compare(last) <= 0) {
          onChange(chosen.toString());
        }
      }}
    />
  );
}
