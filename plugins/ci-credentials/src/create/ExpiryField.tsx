import { DatePicker, Flex, Radio, RadioGroup } from '@backstage/ui';
import {
  CalendarDate,
  getLocalTimeZone,
  today,
  toCalendarDate,
} from '@internationalized/date';
import { FieldMessage } from '@waymark/ui';
import type { Expiry } from './expiry';

const ON_A_DAY = 'date';

/**
 * When a credential is to end.
 *
 * @internal
 */
export function ExpiryField(props: {
  id: string;
  presets: number[];
  maxLifetimeDays: number;
  value: Expiry;
  onChange: (expiry: Expiry) => void;
  error?: string;
}) {
  const { id, presets, maxLifetimeDays, value, onChange, error } = props;
  const now = today(getLocalTimeZone());

  return (
    <Flex direction="column" gap="2">
      <RadioGroup
        label="Expires"
        description={`After ${maxLifetimeDays} days at the latest.`}
        value={value.kind === 'days' ? String(value.days) : ON_A_DAY}
        onChange={key =>
          onChange(
            key === ON_A_DAY
              ? { kind: 'date' }
              : { kind: 'days', days: Number(key) },
          )
        }
        isInvalid={error !== undefined}
        validationBehavior="aria"
        orientation="horizontal"
        aria-describedby={`${id}__error`}
      >
        {presets.map(days => (
          <Radio key={days} value={String(days)}>
            In {days} days
          </Radio>
        ))}
        <Radio value={ON_A_DAY}>On a day</Radio>
      </RadioGroup>
      {value.kind === 'date' && (
        <DatePicker
          label="Last day"
          value={value.date ?? null}
          onChange={date =>
            onChange({
              kind: 'date',
              date: date ? toCalendarDate(date) : undefined,
            })
          }
          // With the end of its last day a lifetime of the full length would
          // be hours too long
          minValue={now}
          maxValue={now.add({ days: maxLifetimeDays - 1 }) as CalendarDate}
          validationBehavior="aria"
          isInvalid={error !== undefined}
        />
      )}
      <FieldMessage id={`${id}__error`}>{error}</FieldMessage>
    </Flex>
  );
}
