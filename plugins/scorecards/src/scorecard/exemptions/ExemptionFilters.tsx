import { Flex } from '@backstage/ui';
import { Choice, EntityFilter } from '@waymark/ui';
import { useScorecard } from '../ScorecardContext';
import { EXEMPTION_STATES } from './exemptionStates';
import type { ExemptionAddress } from './useExemptionAddress';
import styles from './ExemptionFilters.module.css';

/** Which exemptions are shown. */
export function ExemptionFilters(props: { address: ExemptionAddress }) {
  const { state, rule, owner, change } = props.address;
  const { rules } = useScorecard();
  return (
    <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
      <div className={styles.narrow}>
        <Choice
          label="State"
          any="All"
          options={Object.entries(EXEMPTION_STATES).map(([id, { label }]) => ({
            id,
            label,
          }))}
          value={state}
          onChange={value => change({ state: value })}
        />
      </div>
      <div className={styles.wide}>
        <Choice
          label="Rule"
          any="All"
          options={rules.map(({ id, title }) => ({ id, label: title }))}
          value={rule}
          onChange={value => change({ rule: value })}
        />
      </div>
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
