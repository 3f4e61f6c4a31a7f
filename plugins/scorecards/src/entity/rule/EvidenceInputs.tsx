import type { EvidenceInput } from '@waymark/plugin-scorecards-common';
import { Moment } from '@waymark/ui';
import { EvidenceValue, SourceText } from './EvidenceValue';
import styles from './EvidenceInputs.module.css';

function Origin(props: { input: EvidenceInput }) {
  const { observedAt, source } = props.input;
  if (!observedAt && !source) {
    return null;
  }
  return (
    <div className={styles.origin}>
      {observedAt && (
        <>
          Seen <Moment at={observedAt} inline />
        </>
      )}
      {observedAt && source && ', '}
      {source && (
        <>
          by <SourceText>{source}</SourceText>
        </>
      )}
    </div>
  );
}

/** The values that a rule read: how old they are, and who said so. */
export function EvidenceInputs(props: { inputs: EvidenceInput[] }) {
  return (
    <ul className={styles.inputs} aria-label="Values">
      {props.inputs.map(input => (
        <li key={input.path} className={styles.input}>
          <code className={styles.path}>{input.path}</code>
          <EvidenceValue input={input} />
          <Origin input={input} />
          {input.expired && (
            <div className={styles.note}>
              It is older than the rule accepts, and was not used.
            </div>
          )}
          {input.stale && (
            <div className={styles.note}>
              The last try to collect it failed; this is the last good value.
              {input.staleReason && ` ${input.staleReason}`}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
