import { Flex, Select } from '@backstage/ui';
import { EntityFilter } from '../../shared/EntityFilter';
import { useScorecard } from '../ScorecardContext';
import { EXEMPTION_STATES } from './exemptionStates';
import type { ExemptionAddress } from './useExemptionAddress';
import styles from './ExemptionFilters.module.css';

/** How an unset choice is called by a select that cannot have an empty one. */
const ALL = 'all';

/** Which exemptions are shown. */
export function ExemptionFilters(props: { address: ExemptionAddress }) {
  const { state, rule, owner, change } = props.address;
  const { rules } = useScorecard();
  return (
    <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
      <Select
        label="State"
        className={styles.narrow}
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
      <Select
        label="Rule"
        className={styles.wide}
        options={[
          { value: ALL, label: 'All' },
          ...rules.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        value={rule ?? ALL}
        onChange={key => change({ rule: key === ALL ? undefined : `${key}` })}
      />
      <div className={styles.wide}>
        <EntityFilter
          kind="group"
          label="Owner"
          value={owner}
          onChange={ref => change({ owner: ref })}
        />
      </div>
    </Flex>
  );
}
