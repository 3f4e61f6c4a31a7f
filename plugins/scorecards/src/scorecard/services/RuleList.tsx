import { Popover } from '@backstage/ui';
import {
  RULE_OUTCOMES,
  type RuleOutcome,
  type ScorecardResultRow,
} from '@waymark/plugin-scorecards-common';
import { useRef } from 'react';
import { EntityLink } from '@waymark/ui';
import { nameOfRow } from './nameOfRow';
import { OutcomeMark } from '../../shared/OutcomeMark';
import { useScorecard } from '../ScorecardContext';
import styles from './RuleList.module.css';
import { tabAddress } from '../../shared/tabQuery';

/** What is to do comes first, then what may be in question. */
const ORDER: RuleOutcome[] = [
  'fail',
  'error',
  'noData',
  'exempt',
  ...RULE_OUTCOMES.filter(each => each === 'pass' || each === 'notApplicable'),
];

/** All rules of one entity, beside its row. */
export function RuleList(props: {
  row: ScorecardResultRow;
  opener: Element;
  onClose: () => void;
}) {
  const { row, opener, onClose } = props;
  const { scorecardRef, rules } = useScorecard();
  const trigger = useRef(opener);
  trigger.current = opener;

  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const list = Object.entries(row.outcomes)
    // Of long ago, one may be gone by now
    .map(([id, outcome]) => ({ id, outcome, title: titles.get(id) ?? id }))
    .sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={open => !open && onClose()}
      placement="bottom start"
      hideArrow
      aria-label={`Rules of ${nameOfRow(row)}`}
    >
      <ul className={styles.rules}>
        {list.map(({ id, outcome, title }) => (
          <li key={id}>
            <OutcomeMark outcome={outcome} />
            <EntityLink
              entityRef={row.entityRef}
              title={title}
              below={tabAddress({ scorecardRef, ruleId: id })}
            />
          </li>
        ))}
      </ul>
    </Popover>
  );
}
