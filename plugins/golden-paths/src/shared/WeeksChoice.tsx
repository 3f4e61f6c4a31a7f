import { Select } from '@backstage/ui';
import { usePeriod } from '@waymark/ui';

const CHOICES = [4, 13, 26, 52];

/** How many weeks one looks back, kept in the address. */
export function useWeeks(): ReturnType<typeof usePeriod> {
  return usePeriod({ name: 'weeks', choices: CHOICES, standard: 26 });
}

/** One of a few numbers of weeks. */
export function WeeksChoice(props: { label: string }) {
  const [weeks, choose] = useWeeks();
  return (
    <Select
      label={props.label}
      options={CHOICES.map(each => ({
        value: String(each),
        label: `${each} weeks`,
      }))}
      value={String(weeks)}
      onChange={key => choose(Number(key))}
    />
  );
}
