import { Button } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import {
  RULE_OUTCOMES,
  type RuleOutcome,
} from '@waymark/plugin-scorecards-common';
import { useCallback, useId, useState } from 'react';
import { Choice, EntityFilter } from '@waymark/ui';
import { DayChoice } from '../../../shared/DayChoice';
import { OUTCOMES } from '../../../shared/outcomes';
import { useScorecard } from '../../ScorecardContext';
import type { ResultsFilter } from '../useResultsAddress';
import styles from './FilterBar.module.css';
import { SearchChoice } from './SearchChoice';
import { TagChoice } from './TagChoice';

/** Everything the list can be narrowed by. On narrow screens it unfolds. */
export function FilterBar(props: {
  filter: ResultsFilter;
  /** How many are chosen. */
  count: number;
  onChange: (
    values: Partial<ResultsFilter>,
    options?: { isStep: boolean },
  ) => void;
}) {
  const { filter, count, onChange } = props;
  const { levels, rules } = useScorecard();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  // Going back leads to before the search, not to each pause of it
  const isSearching = filter.search !== undefined;
  const search = useCallback(
    (text: string | undefined) =>
      onChange({ search: text }, { isStep: !isSearching }),
    [onChange, isSearching],
  );

  return (
    <div className={styles.bar} role="search" aria-label="Filters">
      <div className={styles.unfold}>
        <Button
          variant="secondary"
          aria-expanded={isOpen}
          aria-controls={id}
          onPress={() => setOpen(open => !open)}
          iconEnd={isOpen ? <RiArrowUpSLine /> : <RiArrowDownSLine />}
        >
          {count > 0 ? `Filters (${count})` : 'Filters'}
        </Button>
      </div>
      <div id={id} className={styles.fields} data-open={isOpen || undefined}>
        <SearchChoice value={filter.search} onChange={search} />
        <Choice
          label="Level"
          any="Any level"
          value={filter.level}
          options={[
            ...[...levels]
              .reverse()
              .map(level => ({ id: level.id, label: level.title })),
            { id: 'none', label: 'No level' },
          ]}
          onChange={level => onChange({ level })}
        />
        <Choice
          label="Rule"
          any="Any rule"
          value={filter.rule}
          options={rules.map(rule => ({ id: rule.id, label: rule.title }))}
          onChange={rule =>
            // What one asks of a rule first: whom does it hit
            onChange({
              rule,
              ...(rule && !filter.outcome && { outcome: 'fail' }),
            })
          }
        />
        <Choice
          label="Outcome"
          any="Any outcome"
          value={filter.outcome}
          options={RULE_OUTCOMES.map(outcome => ({
            id: outcome,
            label: OUTCOMES[outcome].label,
          }))}
          onChange={outcome =>
            onChange({ outcome: outcome as RuleOutcome | undefined })
          }
        />
        <EntityFilter
          label="Owner"
          kind="group"
          none="No owner"
          value={filter.owner}
          onChange={owner => onChange({ owner })}
        />
        <EntityFilter
          label="System"
          kind="system"
          none="No system"
          value={filter.system}
          onChange={system => onChange({ system })}
        />
        <EntityFilter
          label="Domain"
          kind="domain"
          none="No domain"
          value={filter.domain}
          onChange={domain => onChange({ domain })}
        />
        <TagChoice value={filter.tag} onChange={tag => onChange({ tag })} />
        <DayChoice
          label="As of"
          value={filter.asOf}
          onChange={asOf => onChange({ asOf })}
        />
      </div>
    </div>
  );
}
