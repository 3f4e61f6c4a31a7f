import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  TextAreaField,
} from '@backstage/ui';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { describeError, FieldMessage } from '@waymark/ui';
import { useEffect, useId, useState } from 'react';
import { scorecardsApiRef } from '../../../api';
import { isStatus } from '../../../shared/isStatus';
import { Consequence } from './Consequence';
import { DECISIONS, type Decision } from './decisions';

/** As long as the backend takes it. */
const MAX_LENGTH = 2000;

/** Says what will follow, takes a note, and decides. */
export function DecisionForm(props: {
  exemption: Exemption;
  decision: Decision;
  onDecided: () => void;
  /** Somebody else has decided meanwhile. */
  onOvertaken: () => void;
  /** The dialog has gone. */
  onClosed: () => void;
}) {
  const { exemption, decision, onDecided, onOvertaken, onClosed } = props;
  const { id } = exemption;
  const words = DECISIONS[decision];
  const client = useApi(scorecardsApiRef);
  const fieldId = useId();
  const [note, setNote] = useState('');
  const [noteProblem, setNoteProblem] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  useEffect(() => onClosed, [onClosed]);

  const decide = async () => {
    setProblem(undefined);
    if (words.needsNote && !note.trim()) {
      setNoteProblem('Say why: whoever asked reads it.');
      return;
    }
    setBusy(true);
    try {
      await words.decide(client, { id, note: note.trim() });
      onDecided();
    } catch (error) {
      if (isStatus(error, 409)) {
        onOvertaken();
        return;
      }
      setProblem(`${words.refused}: ${describeError(error)}`);
      setBusy(false);
    }
  };

  return (
    <>
      <DialogHeader>{words.title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Consequence decision={decision} exemption={exemption} />
          <TextAreaField
            label="Note"
            secondaryLabel={words.needsNote ? 'Required' : 'Optional'}
            description="Kept with the exemption, for whoever asked and for audits."
            value={note}
            onChange={text => {
              setNote(text);
              setNoteProblem(undefined);
            }}
            maxLength={MAX_LENGTH}
            rows={3}
            isInvalid={noteProblem !== undefined}
            validationBehavior="aria"
            aria-describedby={`${fieldId}__note`}
          />
          <FieldMessage id={`${fieldId}__note`}>{noteProblem}</FieldMessage>
          <FieldMessage id={`${fieldId}__problem`}>{problem}</FieldMessage>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          {words.cancel}
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
