import { isDay, useAddress } from '@waymark/ui';

/** Which of the rows behind a number are shown, as the address says. */
export interface RowsAddress {
  /** The date of its Monday. */
  week?: string;
  /** Of the parts of the metric. */
  part?: string;
  /** Of one service. */
  entityRef?: string;
  /** Of a share only what is in its numerator. */
  counted: boolean;
  /** Some of it is changed; undefined removes. Going back undoes it. */
  change: (values: { [name: string]: string | undefined }) => void;
}

/** Reads which rows are shown from the address; what is no week is none. */
export function useRowsAddress(): RowsAddress {
  const [query, change] = useAddress();
  const week = query.get('week') ?? '';
  return {
    week: isDay(week) ? week : undefined,
    part: query.get('part') || undefined,
    entityRef: query.get('entityRef') || undefined,
    counted: query.get('counted') === 'true',
    change: values => change(values, { isStep: true }),
  };
}
