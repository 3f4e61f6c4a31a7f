import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { CiCredentialState } from '@waymark/plugin-ci-credentials-common';

const CHOICES: Array<{ id: CiCredentialState | 'all'; label: string }> = [
  { id: 'all', label: 'All' },
  { id: 'active', label: 'Active' },
  { id: 'expired', label: 'Expired' },
  { id: 'revoked', label: 'Revoked' },
];

/**
 * Which credentials to show, by their state.
 *
 * @internal
 */
export function StateFilter(props: {
  value?: CiCredentialState;
  onChange: (state: CiCredentialState | undefined) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label="State"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value ?? 'all']}
      onSelectionChange={([key]) =>
        props.onChange(key === 'all' ? undefined : (key as CiCredentialState))
      }
    >
      {CHOICES.map(({ id, label }) => (
        <ToggleButton key={id} id={id}>
          {label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
