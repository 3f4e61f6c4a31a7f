import type { EvidenceInput } from '@waymark/plugin-scorecards-common';
import { Moment, NamedEntityLink } from '@waymark/ui';
import { EvidenceValue, SourceText } from './EvidenceValue';
import styles from './EvidenceInputs.module.css';

/** A fact that somebody reported by hand. */
const PERSON = /^user:[^/\s]+\/[^/\s]+$/;

/** Who said so: a person, a page, or what a tool calls itself. */
function Source(props: { children: string }) {
  const { children: source } = props;
  return PERSON.test(source) ? (
    <NamedEntityLink entityRef={source} />
  ) : (
    <SourceText>{source}</SourceText>
  );
}

function Origin(props: { input: EvidenceInput; isPast: boolean }) {
  const { observedAt, source } = props.input;
  if (!observedAt && !source) {
    return null;
  }
  return (
    <div className={styles.origin}>
      {observedAt && (
        <>
          {props.isPast ? 'Like this since' : 'Seen'}{' '}
          <Moment at={observedAt} inline />
        </>
      )}
      {observedAt && source && ', '}
      {source && (
        <>
          by <Source>{source}</Source>
        </>
      )}
    </div>
  );
}

/** The values that a rule read: how old they are, and who said so. */
export function EvidenceInputs(props: {
  inputs: EvidenceInput[];
  /** Then nobody knows any more when a value was seen last. */
  isPast: boolean;
}) {
  const { inputs, isPast } = props;
  return (
    <ul className={styles.inputs} aria-label="Values">
      {inputs.map(input => (
        <li key={input.path} className={styles.input}>
          <code className={styles.path}>{input.path}</code>
          <EvidenceValue input={input} />
          <Origin input={input} isPast={isPast} />
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
