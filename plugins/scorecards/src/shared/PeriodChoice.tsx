import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useAddress } from './useAddress';

/**
 * How far back one looks, kept as `days` in the address.
 *
 * @param standard - of the choices, the one that needs no words in the address
 */
export function usePeriod(
  choices: readonly number[],
  standard: number,
): [days: number, choose: (days: number) => void] {
  const [query, change] = useAddress();
  const asked = Number(query.get('days'));
  const days = choices.includes(asked) ? asked : standard;
  return [
    days,
    next => change({ days: next === standard ? undefined : String(next) }),
  ];
}

/** One of a few lengths of time. */
export function PeriodChoice(props: {
  /** What it is chosen for. */
  label: string;
  choices: readonly number[];
  days: number;
  onChange: (days: number) => void;
}) {
  const { label, choices, days, onChange } = props;
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[String(days)]}
      onSelectionChange={([key]) => onChange(Number(key))}
    >
      {choices.map(each => (
        <ToggleButton key={each} id={String(each)} size="small">
          {each === 365 ? '1 year' : `${each} days`}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
