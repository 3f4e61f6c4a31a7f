import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useAddress } from '../address/useAddress';

/**
 * How far back one looks, kept in the address.
 *
 * @param options - `name`: in the address; `standard`: of the choices, the one that
 * needs no words in the address
 * @public
 */
export function usePeriod(options: {
  name: string;
  choices: readonly number[];
  standard: number;
}): [period: number, choose: (period: number) => void] {
  const { name, choices, standard } = options;
  const [query, change] = useAddress();
  const asked = Number(query.get(name));
  const period = choices.includes(asked) ? asked : standard;
  return [
    period,
    next => change({ [name]: next === standard ? undefined : String(next) }),
  ];
}

/**
 * One of a few lengths of time.
 *
 * @public
 */
export function PeriodChoice(props: {
  /** What it is chosen for. */
  label: string;
  choices: readonly number[];
  /** In words, such as `30 days`. */
  describe: (period: number) => string;
  value: number;
  onChange: (period: number) => void;
}) {
  const { label, choices, describe, value, onChange } = props;
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[String(value)]}
      onSelectionChange={([key]) => onChange(Number(key))}
    >
      {choices.map(each => (
        <ToggleButton key={each} id={String(each)} size="small">
          {describe(each)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
