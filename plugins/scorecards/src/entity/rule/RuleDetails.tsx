import { Flex } from '@backstage/ui';
import type { Exemption, RuleResult } from '@waymark/plugin-scorecards-common';
import {
  AskPlatformTeam,
  CodeBlock,
  describeDay,
  Markdown,
  Moment,
} from '@waymark/ui';
import type { ReactNode } from 'react';
import { ExemptionStory } from '../exemption/ExemptionStory';
import { isOpen } from '../exemption/describeExemption';
import { RequestButton } from '../exemption/RequestButton';
import { Fold } from '../Fold';
import { RuleFix } from '../fix/RuleFix';
import { OUTCOMES } from '../../shared/outcomes';
import { ScorecardLink } from '../../shared/ScorecardLink';
import { inputName } from './describeValue';
import { EvidenceInputs } from './EvidenceInputs';
import { RuleHistory } from './RuleHistory';
import styles from './RuleDetails.module.css';

/** Outcomes from which one may want to be excused. */
const EXCUSABLE = ['fail', 'noData', 'error'];

function Part(props: { title: string; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h6 className={styles.title}>{props.title}</h6>
      {props.children}
    </div>
  );
}

/** All about one rule: why it matters, what was found, and what to do. */
export function RuleDetails(props: {
  entityRef: string;
  scorecard: { scorecardRef: string; title: string; lifecycle: string };
  rule: RuleResult;
  /** The one that holds, else the last one there was. */
  exemption?: Exemption;
  isPast: boolean;
  onRequested: (exemption: Exemption) => void;
}) {
  const { entityRef, scorecard, rule, exemption, isPast, onRequested } = props;
  const { scorecardRef } = scorecard;
  const { outcome, evidence, why, fix } = rule;
  const canAsk =
    !isPast &&
    scorecard.lifecycle === 'live' &&
    EXCUSABLE.includes(outcome) &&
    !(exemption && isOpen(exemption));
  const mayBeUnclear = !isPast && EXCUSABLE.includes(outcome);
  // That a check does not hold says no more than the values do, and why it is
  // excused stands with the exemption
  const isTold =
    (outcome === 'fail' && evidence.inputs.length > 0) ||
    (outcome === 'exempt' && exemption !== undefined);
  // Those that are missing have been named by then
  const inputs = evidence.inputs.filter(
    input =>
      outcome !== 'noData' ||
      input.value !== undefined ||
      !evidence.message?.includes(inputName(input)),
  );
  return (
    <div className={styles.details}>
      {!rule.counts && rule.effectiveFrom && (
        <p className={styles.text}>
          Does not count until {describeDay(new Date(rule.effectiveFrom))}.
        </p>
      )}
      {why && (
        <Part title="Why it matters">
          <div className={styles.text}>
            <Markdown>{why}</Markdown>
          </div>
        </Part>
      )}
      <Part title="What was found">
        {evidence.message && !isTold && (
          <p className={styles.text}>{evidence.message}</p>
        )}
        {outcome === 'error' && (
          <p className={styles.text}>
            It is the rule that is wrong here: tell the owner of{' '}
            <ScorecardLink
              scorecardRef={scorecardRef}
              title={scorecard.title}
            />
            .
          </p>
        )}
        {evidence.withoutExemption && (
          <p className={styles.text}>
            Without the exemption it would be “
            {OUTCOMES[evidence.withoutExemption].label}”.
          </p>
        )}
        {inputs.length > 0 && (
          <EvidenceInputs inputs={inputs} isPast={isPast} />
        )}
        <p className={styles.quiet}>
          “{OUTCOMES[outcome].label}” since {describeDay(new Date(rule.since))}{' '}
          (
          <Moment at={rule.since} inline />)
        </p>
      </Part>
      {fix && outcome !== 'notApplicable' && (
        <Part title={outcome === 'pass' ? 'If it fails one day' : 'What to do'}>
          <RuleFix rule={rule} isPast={isPast} />
        </Part>
      )}
      {exemption && (
        <Part title="Exemption">
          <ExemptionStory exemption={exemption} />
        </Part>
      )}
      {(canAsk || mayBeUnclear) && (
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          {canAsk && (
            <RequestButton
              entityRef={entityRef}
              scorecardRef={scorecardRef}
              rule={rule}
              onRequested={onRequested}
            />
          )}
          {mayBeUnclear && (
            <AskPlatformTeam
              about={{ entityRef, scorecardRef, step: rule.ruleId }}
            />
          )}
        </Flex>
      )}
      <Fold title="How it is checked">
        <CodeBlock label="Expression" copyLabel="Copy the expression">
          {evidence.expression}
        </CodeBlock>
      </Fold>
      <Fold title="How it changed">
        <RuleHistory
          entityRef={entityRef}
          scorecardRef={scorecardRef}
          ruleId={rule.ruleId}
        />
      </Fold>
    </div>
  );
}
