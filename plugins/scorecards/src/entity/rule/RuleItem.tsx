import { RiArrowDownSLine } from '@remixicon/react';
import type { Exemption, RuleResult } from '@waymark/plugin-scorecards-common';
import { describeDay } from '@waymark/ui';
import { memo, useId, type ReactNode } from 'react';
import { describeExemption } from '../exemption/describeExemption';
import { OutcomeMark } from '../../shared/OutcomeMark';
import { OUTCOMES } from '../../shared/outcomes';
import { describeEvidence } from './describeValue';
import styles from './RuleItem.module.css';

/** What the line of a rule says beneath its title. */
function describeRule(rule: RuleResult, exemption?: Exemption): string {
  const { outcome, counts, effectiveFrom } = rule;
  const isMet = outcome === 'pass' || outcome === 'notApplicable';
  const excuse =
    exemption && !isMet && describeExemption(exemption, new Date());
  const isExcused = outcome === 'exempt' && excuse !== undefined;
  return [
    // Until when it is exempt says that it is, and why
    !isExcused && OUTCOMES[outcome].label,
    !counts &&
      effectiveFrom &&
      `Counts from ${describeDay(new Date(effectiveFrom))}`,
    excuse,
    !isExcused && describeEvidence(rule),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A rule in a line, with all about it underneath once it is opened. */
export const RuleItem = memo(
  (props: {
    /** Of the button, to go there. */
    id: string;
    rule: RuleResult;
    exemption?: Exemption;
    isOpen: boolean;
    onToggle: (ruleId: string, isOpen: boolean) => void;
    /** What is underneath. */
    renderDetails: (rule: RuleResult, exemption?: Exemption) => ReactNode;
  }) => {
    const { id, rule, exemption, isOpen, onToggle, renderDetails } = props;
    const panelId = useId();
    const lineId = useId();
    return (
      <li className={styles.item}>
        <div className={styles.head}>
          {/* The line says it in words */}
          <span className={styles.mark} aria-hidden="true">
            <OutcomeMark outcome={rule.outcome} isShort />
          </span>
          <div className={styles.words}>
            <h5 className={styles.title}>
              <button
                id={id}
                type="button"
                className={styles.button}
                aria-expanded={isOpen}
                aria-controls={panelId}
                aria-describedby={lineId}
                onClick={() => onToggle(rule.ruleId, !isOpen)}
              >
                {rule.title}
              </button>
            </h5>
            <div id={lineId} className={styles.line}>
              {describeRule(rule, exemption)}
            </div>
          </div>
          <RiArrowDownSLine
            className={styles.arrow}
            data-open={isOpen || undefined}
            size={20}
            aria-hidden="true"
          />
        </div>
        <div id={panelId} hidden={!isOpen}>
          {isOpen && renderDetails(rule, exemption)}
        </div>
      </li>
    );
  },
);
