import { Button, Flex } from '@backstage/ui';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { nameOfSubject } from '../ExemptionSubject';
import { DECISIONS, type Decision } from './decisions';

/** One button for each thing that the reader may do. */
export function DecisionButtons(props: {
  exemption: Exemption;
  decisions: Decision[];
  onPress: (decision: Decision) => void;
}) {
  const { exemption, decisions, onPress } = props;
  const about = `${exemption.ruleTitle ?? exemption.ruleId} for ${nameOfSubject(
    exemption,
  )}`;
  return (
    <Flex gap="2" style={{ flexWrap: 'wrap' }}>
      {decisions.map(decision => (
        <Button
          key={decision}
          size="small"
          variant={decision === 'approve' ? 'primary' : 'secondary'}
          aria-label={`${DECISIONS[decision].label}: ${about}`}
          onPress={() => onPress(decision)}
        >
          {DECISIONS[decision].label}
        </Button>
      ))}
    </Flex>
  );
}
