import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type {
  EntityScorecard,
  Exemption,
} from '@waymark/plugin-scorecards-common';
import { describeDay, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../../../api';
import { OUTCOMES } from '../../../shared/outcomes';
import { nameOfSubject } from '../ExemptionSubject';
import type { Decision } from './decisions';
import { levelWith } from './levelWith';

/** The words for what becomes of the rule; each is true whatever else is known. */
function describeRule(decision: Decision, exemption: Exemption): string {
  const { startsAt, expiresAt, state } = exemption;
  const subject = nameOfSubject(exemption);
  const rule = `“${exemption.ruleTitle ?? exemption.ruleId}”`;
  if (decision === 'approve') {
    const from =
      startsAt && new Date(startsAt) > new Date()
        ? `From ${describeDay(new Date(startsAt))} until`
        : 'Until';
    return `${from} ${describeDay(
      new Date(expiresAt),
    )} the rule ${rule} counts as exempt for ${subject}.`;
  }
  return state === 'approved'
    ? `From this moment on, the rule ${rule} counts again for ${subject}.`
    : `The rule ${rule} goes on counting for ${subject}.`;
}

/** What is known of the level; nothing where it is not. */
function describeLevel(
  decision: Decision,
  exemption: Exemption,
  scorecard: EntityScorecard,
): string | undefined {
  const { ruleId, state } = exemption;
  const rule = scorecard.rules.find(each => each.ruleId === ruleId);
  const now = scorecard.levels.find(
    ({ id }) => id === scorecard.standing.level,
  )?.title;
  const become = (level: string | undefined) =>
    level === now
      ? `Its level stays: ${level ?? 'no level'}.`
      : `Its level becomes: ${level ?? 'no level'}.`;

  if (!rule) {
    return undefined;
  }
  if (decision === 'approve') {
    return rule.outcome === 'pass'
      ? 'The rule passes already: the exemption changes nothing while it does.'
      : become(levelWith(scorecard, ruleId, 'exempt'));
  }
  const { withoutExemption } = rule.evidence;
  return state === 'approved' && rule.outcome === 'exempt' && withoutExemption
    ? become(levelWith(scorecard, ruleId, withoutExemption))
    : undefined;
}

/** The outcome that the exemption is in the way of, or would be. */
function describeOutcome(
  exemption: Exemption,
  scorecard: EntityScorecard,
): string | undefined {
  const rule = scorecard.rules.find(
    ({ ruleId }) => ruleId === exemption.ruleId,
  );
  const outcome =
    rule?.outcome === 'exempt' ? rule.evidence.withoutExemption : rule?.outcome;
  // Of an exempt rule it tells why it is exempt
  const message =
    rule?.outcome === 'exempt' ? undefined : rule?.evidence.message;
  return (
    outcome &&
    `Without an exemption it is: ${OUTCOMES[outcome].label}.${
      message ? ` ${message}` : ''
    }`
  );
}

/** What will follow from a decision. */
export function Consequence(props: {
  decision: Decision;
  exemption: Exemption;
}) {
  const { decision, exemption } = props;
  const { entityRef, scorecardRef } = exemption;
  const client = useApi(scorecardsApiRef);
  // What cannot be read is left out: the decision is possible without
  const { value, isLoading } = useLoaded(
    useCallback(
      signal => client.getEntityScorecards({ entityRef }, { signal }),
      [client, entityRef],
    ),
  );
  const scorecard = value?.scorecards.find(
    each => each.scorecardRef === scorecardRef,
  );
  return (
    <Flex direction="column" gap="2" style={{ overflowWrap: 'anywhere' }}>
      <Text as="p">{describeRule(decision, exemption)}</Text>
      <div role="status">
        {isLoading && (
          <Text color="secondary">Looking up what it means for the level…</Text>
        )}
        {scorecard && (
          <>
            <Text as="p">{describeLevel(decision, exemption, scorecard)}</Text>
            <Text as="p" color="secondary">
              {describeOutcome(exemption, scorecard)}
            </Text>
          </>
        )}
      </div>
    </Flex>
  );
}
