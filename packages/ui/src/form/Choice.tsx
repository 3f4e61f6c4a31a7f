import { Select } from '@backstage/ui';

/** Stands for no choice: a list cannot have an empty one. */
const ANY = '*';

/** One of a list, or none of them. @public */
export function Choice(props: {
  label: string;
  /** What no choice is called. */
  any: string;
  value?: string;
  options: { id: string; label: string }[];
  onChange: (value: string | undefined) => void;
}) {
  const { label, any, value, options, onChange } = props;
  // The address may name one that there is not
  const isKnown = !value || options.some(({ id }) => id === value);
  return (
    <Select
      label={label}
      size="small"
      search={
        options.length > 8 ? { placeholder: 'Search by name' } : undefined
      }
      value={value ?? ANY}
      onChange={next => onChange(next === ANY ? undefined : String(next))}
      options={[
        { id: ANY, label: any },
        ...(isKnown ? [] : [{ id: value, label: value }]),
        ...options,
      ]}
    />
  );
}
