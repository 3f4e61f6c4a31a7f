import type {
  ScorecardResultRow,
  ScorecardSummary,
} from '@waymark/plugin-scorecards-common';
import { EntityLink, formatNumber, Moment } from '@waymark/ui';
import type { ReactElement } from 'react';
import { LevelMark } from '../../shared/LevelMark';
import { OutcomeMark } from '../../shared/OutcomeMark';
import styles from './ResultsTable.module.css';
import { RuleSummary } from './RuleSummary';
import { tabAddress } from '../../shared/tabQuery';

/** A column of the table. */
export interface ResultsColumn {
  id: string;
  label: string;
  /** In percent of the table; the rest is divided among those without. */
  width?: number;
  isSortable?: boolean;
  cell: (row: ScorecardResultRow) => ReactElement;
}

const Nothing = (props: { children: string }) => (
  <span className={styles.nothing}>{props.children}</span>
);

/**
 * The columns of a scorecard's results.
 *
 * @param options - `rule`: has a column of its own; `onOpenRules`: shows all rules of a
 * row
 */
export function createColumns(options: {
  scorecard: ScorecardSummary;
  rule?: string;
  onOpenRules: (row: ScorecardResultRow, opener: Element) => void;
}): ResultsColumn[] {
  const { scorecard, rule, onOpenRules } = options;
  const { scorecardRef, levels, rules } = scorecard;
  const chosen: ResultsColumn[] = rule
    ? [
        {
          id: 'rule',
          label: rules.find(({ id }) => id === rule)?.title ?? rule,
          width: 14,
          cell: ({ outcomes }) =>
            // Of what stands in the address, not every word is the id of a rule
            Object.hasOwn(outcomes, rule) ? (
              <OutcomeMark outcome={outcomes[rule]} />
            ) : (
              <Nothing>Not judged</Nothing>
            ),
        },
      ]
    : [];
  return [
    {
      id: 'name',
      label: 'Name',
      width: 23,
      isSortable: true,
      cell: ({ entityRef, title }) => (
        <EntityLink
          entityRef={entityRef}
          title={title}
          below={tabAddress({ scorecardRef, ruleId: rule })}
        />
      ),
    },
    {
      id: 'level',
      label: 'Level',
      width: 14,
      isSortable: true,
      cell: ({ standing: { level, throughExemption } }) => (
        <LevelMark
          levels={levels}
          level={level}
          throughExemption={throughExemption}
        />
      ),
    },
    {
      id: 'score',
      label: 'Score',
      width: 9,
      isSortable: true,
      cell: ({ standing: { score } }) =>
        score === undefined ? (
          <Nothing>None</Nothing>
        ) : (
          <span>{formatNumber(score)}</span>
        ),
    },
    ...chosen,
    {
      id: 'rules',
      label: 'Rules',
      width: 17,
      cell: row => <RuleSummary row={row} onOpen={onOpenRules} />,
    },
    {
      id: 'owner',
      label: 'Owner',
      cell: ({ owner, ownerTitle }) =>
        owner ? (
          <EntityLink entityRef={owner} title={ownerTitle} />
        ) : (
          <Nothing>Nobody</Nothing>
        ),
    },
    {
      id: 'system',
      label: 'System',
      cell: ({ system, systemTitle }) =>
        system ? (
          <EntityLink entityRef={system} title={systemTitle} />
        ) : (
          <Nothing>None</Nothing>
        ),
    },
    {
      id: 'since',
      label: 'Since',
      width: 11,
      cell: ({ standing: { since } }) => <Moment at={since} />,
    },
  ];
}
