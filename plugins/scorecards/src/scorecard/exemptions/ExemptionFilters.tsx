import { Flex, Select } from '@backstage/ui';
import { EntityFilter } from '../../shared/EntityFilter';
import { useScorecard } from '../ScorecardContext';
import { EXEMPTION_STATES } from './exemptionStates';
import type { ExemptionAddress } from './useExemptionAddress';

/** How an unset choice is called by a select that cannot have an empty one. */
const ALL = 'all';

/** Which exemptions are shown, below and in the queue. */
export function ExemptionFilters(props: { address: ExemptionAddress }) {
  const { rule, owner, change } = props.address;
  const { rules } = useScorecard();
  return (
    <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
      <Select
        label="Rule"
        style={{ width: 280, maxWidth: '100%' }}
        options={[
          { value: ALL, label: 'All' },
          ...rules.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        value={rule ?? ALL}
        onChange={key => change({ rule: key === ALL ? undefined : `${key}` })}
      />
      <EntityFilter
        kind="group"
        label="Owner"
        value={owner}
        onChange={ref => change({ owner: ref })}
      />
    </Flex>
  );
}

/** Which states the history shows. */
export function StateFilter(props: { address: ExemptionAddress }) {
  const { state, change } = props.address;
  return (
    <Flex>
      <Select
        label="State"
        style={{ width: 160 }}
        options={[
          { value: ALL, label: 'All' },
          ...Object.entries(EXEMPTION_STATES).map(([value, { label }]) => ({
            value,
            label,
          })),
        ]}
        value={state ?? ALL}
        onChange={key => change({ state: key === ALL ? undefined : `${key}` })}
      />
    </Flex>
  );
}
