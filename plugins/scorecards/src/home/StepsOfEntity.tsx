import { Text } from '@backstage/ui';
import { RiArrowRightLine } from '@remixicon/react';
import type { EntityNextSteps } from '@waymark/plugin-scorecards-common';
import { EntityLink, formatNumber } from '@waymark/ui';
import { LevelMark } from '../shared/LevelMark';
import { OutcomeMark } from '../shared/OutcomeMark';
import styles from './NextSteps.module.css';
import { tabAddress } from '../shared/tabQuery';

/** Of an entity; more are no next steps any more. */
const STEPS = 3;

/** What one entity needs for its next level of one scorecard. */
export function StepsOfEntity({ item }: { item: EntityNextSteps }) {
  const { entityRef, title, scorecardRef, scorecardTitle } = item;
  const { levels, level, nextLevel, steps } = item;
  const more = steps.length - STEPS;
  return (
    <>
      <div className={styles.head}>
        <strong>
          <EntityLink
            entityRef={entityRef}
            title={title}
            below={tabAddress({ scorecardRef })}
          />
        </strong>
        <Text as="span" variant="body-small" color="secondary">
          {scorecardTitle}
        </Text>
        <span className={styles.levels}>
          <LevelMark levels={levels} level={level} />
          <RiArrowRightLine size={16} aria-label="to" role="img" />
          {levels.find(({ id }) => id === nextLevel)?.title ?? nextLevel}
        </span>
      </div>
      <ul className={styles.steps}>
        {steps.slice(0, STEPS).map(step => (
          <li key={step.ruleId}>
            <OutcomeMark outcome={step.outcome} isShort />
            <span>
              <EntityLink
                entityRef={entityRef}
                title={step.title}
                below={tabAddress({ scorecardRef, ruleId: step.ruleId })}
              />
            </span>
          </li>
        ))}
        {more > 0 && (
          <li>
            <EntityLink
              entityRef={entityRef}
              title={`${formatNumber(more)} more`}
              below={tabAddress({ scorecardRef })}
            />
          </li>
        )}
      </ul>
    </>
  );
}
