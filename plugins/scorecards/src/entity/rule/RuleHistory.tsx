import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { Page, RuleTransition } from '@waymark/plugin-scorecards-common';
import {
  describeDay,
  describeError,
  FieldMessage,
  LoadingLines,
  Moment,
  NamedEntityLink,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { useCallback, useId, useState } from 'react';
import { scorecardsApiRef } from '../../api';
import { OutcomeMark } from '../../shared/OutcomeMark';
import { describeEvidence } from './describeValue';
import styles from './RuleHistory.module.css';

const PAGE = 10;

function Change(props: { change: RuleTransition }) {
  const { at, outcome, ruleChanged, evidence, exemption } = props.change;
  const told = outcome && evidence && describeEvidence({ outcome, evidence });
  return (
    <li className={styles.change}>
      <span className={styles.when}>
        {describeDay(new Date(at))} (<Moment at={at} inline />)
      </span>
      <span className={styles.what}>
        {outcome ? <OutcomeMark outcome={outcome} /> : 'Not judged any more'}
        {ruleChanged && <span>The rule itself was changed.</span>}
        {told && <span className={styles.evidence}>{told}</span>}
        {exemption?.decidedBy && (
          <span className={styles.evidence}>
            Approved by <NamedEntityLink entityRef={exemption.decidedBy} />.
          </span>
        )}
      </span>
    </li>
  );
}

/** How the outcome of a rule came to be what it is, the newest first. */
export function RuleHistory(props: {
  entityRef: string;
  scorecardRef: string;
  ruleId: string;
}) {
  const { entityRef, scorecardRef, ruleId } = props;
  const client = useApi(scorecardsApiRef);
  const id = useId();
  const load = useCallback(
    (cursor?: string, signal?: AbortSignal) =>
      client.getRuleTransitions(
        { entityRef, scorecardRef, ruleId, cursor, limit: PAGE },
        { signal },
      ),
    [client, entityRef, scorecardRef, ruleId],
  );
  const first = useLoaded(
    useCallback(signal => load(undefined, signal), [load]),
  );
  const [later, setLater] = useState<Page<RuleTransition>[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  if (first.error !== undefined) {
    return (
      <ProblemNotice
        title="The history cannot be shown"
        error={first.error}
        onRetry={first.retry}
      />
    );
  }
  if (!first.value) {
    return <LoadingLines label="Loading the history" />;
  }
  const pages = [first.value, ...later];
  const changes = pages.flatMap(({ items }) => items);
  const cursor = pages[pages.length - 1].nextCursor;

  const loadMore = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const next = await load(cursor);
      setLater(before => [...before, next]);
    } catch (error) {
      setProblem(`No more could be read: ${describeError(error)}`);
    } finally {
      setBusy(false);
    }
  };

  if (changes.length === 0) {
    return <div>It has not changed for as long as history is kept.</div>;
  }
  return (
    <>
      <ol className={styles.changes} aria-label="Changes, the newest first">
        {changes.map((change, index) => (
          <Change key={index} change={change} />
        ))}
      </ol>
      {cursor && (
        <div>
          <Button
            size="small"
            variant="secondary"
            isPending={isBusy}
            onPress={loadMore}
          >
            Show earlier changes
          </Button>
        </div>
      )}
      <FieldMessage id={`${id}__problem`}>{problem}</FieldMessage>
    </>
  );
}
