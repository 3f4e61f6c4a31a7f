import type {
  EntityScorecard,
  Exemption,
  RuleResult,
} from '@waymark/plugin-scorecards-common';
import { describeDay, formatNumber, Moment, Section } from '@waymark/ui';
import { memo, useCallback, useMemo } from 'react';
import { LevelMark } from '../shared/LevelMark';
import { LIFECYCLES } from '../shared/lifecycles';
import { ScorecardLink } from '../shared/ScorecardLink';
import { groupRules, type RuleGroup } from './groupRules';
import { RuleDetails } from './rule/RuleDetails';
import { RuleItem } from './rule/RuleItem';
import styles from './ScorecardSection.module.css';

/** The id of the button that opens a rule. */
export const ruleElementId = (scorecardRef: string, ruleId: string) =>
  `rule:${scorecardRef}:${ruleId}`;

/** The id of the section of a scorecard. */
export const scorecardElementId = (scorecardRef: string) =>
  `standing:${scorecardRef}`;

function Standing(props: { scorecard: EntityScorecard; isPast: boolean }) {
  const { levels, standing, lifecycle, nextSteps } = props.scorecard;
  const { level, score, since, throughExemption } = standing;
  const { notice } = LIFECYCLES[lifecycle];
  const isHighest =
    !nextSteps && level !== undefined && level === levels[levels.length - 1].id;
  return (
    <>
      <div className={styles.standing}>
        <span className={styles.level}>
          <LevelMark
            levels={levels}
            level={level}
            throughExemption={throughExemption}
          />
        </span>
        {score !== undefined && <span>Score {formatNumber(score)} of 100</span>}
        <span className={styles.quiet}>
          since {describeDay(new Date(since))}
          {!props.isPast && (
            <>
              {' '}
              (<Moment at={since} inline />)
            </>
          )}
        </span>
      </div>
      {notice && <div className={styles.quiet}>{notice}</div>}
      {isHighest && <div>This is the highest level. Nothing to do.</div>}
    </>
  );
}

/** One scorecard of the entity: where it stands, what comes next, and every rule. */
export const ScorecardSection = memo(
  (props: {
    entityRef: string;
    scorecard: EntityScorecard;
    /** By their rule. */
    exemptions: ReadonlyMap<string, Exemption>;
    openRules: ReadonlySet<string>;
    isPast: boolean;
    onToggle: (scorecardRef: string, ruleId: string, isOpen: boolean) => void;
    onRequested: (exemption: Exemption) => void;
  }) => {
    const { entityRef, scorecard, exemptions, openRules } = props;
    const { isPast, onToggle, onRequested } = props;
    const { scorecardRef } = scorecard;
    const { next, levels } = useMemo(() => groupRules(scorecard), [scorecard]);

    const toggle = useCallback(
      (ruleId: string, isOpen: boolean) =>
        onToggle(scorecardRef, ruleId, isOpen),
      [onToggle, scorecardRef],
    );
    const renderDetails = useCallback(
      (rule: RuleResult, exemption?: Exemption) => (
        <RuleDetails
          entityRef={entityRef}
          scorecard={scorecard}
          rule={rule}
          exemption={exemption}
          isPast={isPast}
          onRequested={onRequested}
        />
      ),
      [entityRef, scorecard, isPast, onRequested],
    );

    const renderGroup = (group: RuleGroup, told?: string) => (
      <div key={group.id}>
        <div className={styles.head}>
          <h4 className={styles.title}>{group.title}</h4>
          {told && <span className={styles.quiet}>{told}</span>}
        </div>
        <ul className={styles.rules}>
          {group.rules.map(rule => (
            <RuleItem
              key={rule.ruleId}
              id={ruleElementId(scorecardRef, rule.ruleId)}
              rule={rule}
              exemption={rule.exemption ?? exemptions.get(rule.ruleId)}
              isOpen={openRules.has(rule.ruleId)}
              onToggle={toggle}
              renderDetails={renderDetails}
            />
          ))}
        </ul>
      </div>
    );

    return (
      <div id={scorecardElementId(scorecardRef)} className={styles.scorecard}>
        <Section
          title={scorecard.title}
          action={
            <ScorecardLink
              scorecardRef={scorecardRef}
              title="About this scorecard"
            />
          }
        >
          <Standing scorecard={scorecard} isPast={isPast} />
          {next && renderGroup(next)}
          {levels.map(group =>
            renderGroup(
              group,
              `${formatNumber(group.met)} of ${formatNumber(group.total)} met`,
            ),
          )}
        </Section>
      </div>
    );
  },
);
