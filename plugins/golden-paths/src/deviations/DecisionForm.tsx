import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  DatePicker,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextAreaField,
} from '@backstage/ui';
import {
  getLocalTimeZone,
  today,
  type CalendarDate,
} from '@internationalized/date';
import {
  nameOfDeviation,
  type Deviation,
} from '@waymark/plugin-golden-paths-common';
import { describeError, FieldMessage } from '@waymark/ui';
import { useId, useState } from 'react';
import { goldenPathsApiRef } from '../api';
import { DECISION_WORDS, type DeviationDecision } from './deviationStates';

const MAX_LENGTH = 2000;

/** How long an approval lasts when nobody says otherwise. */
const STANDARD_MONTHS = 6;

/** Says what will follow, asks for what it takes, and decides. */
export function DecisionForm(props: {
  deviation: Deviation;
  decision: DeviationDecision;
  onDecided: (deviation: Deviation) => void;
}) {
  const { deviation, decision, onDecided } = props;
  const words = DECISION_WORDS[decision];
  const client = useApi(goldenPathsApiRef);
  const fieldId = useId();
  const [now] = useState(() => today(getLocalTimeZone()));
  const [comment, setComment] = useState('');
  const [end, setEnd] = useState<CalendarDate | null>(() =>
    now.add({ months: STANDARD_MONTHS }),
  );
  const [commentProblem, setCommentProblem] = useState<string>();
  const [endProblem, setEndProblem] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const isApproval = decision === 'approve';

  const decide = async () => {
    const needsComment = words.needsComment && !comment.trim();
    const needsEnd = isApproval && (!end || end.compare(now) <= 0);
    setProblem(undefined);
    setCommentProblem(
      needsComment ? 'Say why: the owner of the service reads it.' : undefined,
    );
    setEndProblem(needsEnd ? 'Choose a day after today.' : undefined);
    if (needsComment || needsEnd) {
      return;
    }
    setBusy(true);
    try {
      onDecided(
        await client.decideDeviation({
          id: deviation.id,
          decision,
          comment: comment.trim() || undefined,
          expiresAt:
            isApproval && end
              ? end.add({ days: 1 }).toDate(getLocalTimeZone()).toISOString()
              : undefined,
        }),
      );
    } catch (error) {
      setProblem(`Nothing was decided: ${describeError(error)}`);
      setBusy(false);
    }
  };

  return (
    <>
      <DialogHeader>{words.title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">
            {nameOfDeviation(deviation)}. {words.consequence}
          </Text>
          {deviation.reason && (
            <Text as="p" style={{ overflowWrap: 'anywhere' }}>
              The owner says: <bdi>{deviation.reason}</bdi>
            </Text>
          )}
          {isApproval && (
            <>
              <DatePicker
                label="Until the end of"
                value={end}
                minValue={now.add({ days: 1 })}
                onChange={day => setEnd(day as CalendarDate | null)}
              />
              <FieldMessage id={`${fieldId}__end`}>{endProblem}</FieldMessage>
            </>
          )}
          <TextAreaField
            label="Comment"
            secondaryLabel={words.needsComment ? 'Required' : 'Optional'}
            description="Kept with the decision, for the owner and for audits."
            value={comment}
            onChange={setComment}
            maxLength={MAX_LENGTH}
            rows={3}
            isInvalid={commentProblem !== undefined}
            validationBehavior="aria"
            aria-describedby={`${fieldId}__comment`}
          />
          <FieldMessage id={`${fieldId}__comment`}>
            {commentProblem}
          </FieldMessage>
          <FieldMessage id={`${fieldId}__problem`}>{problem}</FieldMessage>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button
          variant="primary"
          destructive={words.isDestructive}
          isPending={isBusy}
          onPress={decide}
        >
          {words.label}
        </Button>
      </DialogFooter>
    </>
  );
}
