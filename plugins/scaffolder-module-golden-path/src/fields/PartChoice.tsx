import { Checkbox, Text, TextAreaField } from '@backstage/ui';
import { FieldMessage } from '@waymark/ui';
import { useState } from 'react';
import { reasonToGoAlong } from '../parts/leaveOut';
import type { Part } from '../parts/Part';
import { describeMalformedReason } from '../parts/reasonRules';
import styles from './GoldenPathParts.module.css';

/**
 * One part: in it or not, and if not, why.
 *
 * @internal
 */
export function PartChoice(props: {
  id: string;
  part: Part;
  /** Undefined while the part is in it. */
  reason?: string;
  /** The part that is left out and that this one needs. */
  goesWith?: Part;
  /** Whether the form has refused the answer. */
  isRefused?: boolean;
  isDisabled?: boolean;
  onToggle: (isIn: boolean) => void;
  onReason: (reason: string) => void;
}) {
  const { id, part, reason, goesWith, isDisabled, isRefused } = props;
  const [wasLeft, setWasLeft] = useState(false);
  const isAlong =
    goesWith !== undefined && reason === reasonToGoAlong(goesWith);
  const isAsked = reason !== undefined && !isAlong;
  const problem =
    isAsked && (reason !== '' || wasLeft || isRefused)
      ? describeMalformedReason(reason)
      : undefined;

  return (
    <li className={styles.part}>
      <Checkbox
        id={id}
        isSelected={reason === undefined}
        isDisabled={isDisabled}
        onChange={isIn => {
          setWasLeft(false);
          props.onToggle(isIn);
        }}
        aria-describedby={`${id}__about ${id}__along`}
      >
        {part.title}
      </Checkbox>
      <div className={styles.about}>
        <Text
          as="div"
          id={`${id}__about`}
          variant="body-small"
          color="secondary"
        >
          {part.description}
        </Text>
        <Text as="div" id={`${id}__along`} variant="body-small">
          {goesWith && `Left out with ${goesWith.title}, which it needs.`}
        </Text>
        {isAsked && (
          <>
            <TextAreaField
              id={`${id}__reason`}
              className={styles.reason}
              label={`Why without ${part.title}?`}
              isRequired
              isDisabled={isDisabled}
              isInvalid={problem !== undefined}
              validationBehavior="aria"
              rows={2}
              value={reason}
              onChange={props.onReason}
              onBlur={() => setWasLeft(true)}
              aria-describedby={`${id}__problem`}
              placeholder="What does the same for this service, or why nothing has to"
            />
            <FieldMessage id={`${id}__problem`} tone="error">
              {problem}
            </FieldMessage>
          </>
        )}
      </div>
    </li>
  );
}
