import { ResponseError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import {
  scorecardsEvaluationRunPermission,
  type EntityScorecards,
  type EvaluationResponse,
} from '@waymark/plugin-scorecards-common';
import { describeError } from '@waymark/ui';
import { useState } from 'react';
import { scorecardsApiRef } from '../../api';
import { Fold } from '../Fold';
import { CollectorList } from './CollectorList';
import { describeChanges } from './describeChanges';
import styles from './CheckAgain.module.css';

interface Report {
  changes: string[];
  collectors: EvaluationResponse['collectors'];
}

function describeProblem(error: unknown): string {
  const status = error instanceof ResponseError ? error.statusCode : undefined;
  switch (status) {
    case 403:
      return 'Only those who look after it may have it checked.';
    case 429:
      return 'Many checks are under way. Try again in a minute.';
    case 409:
      return 'Something else is changing it right now, and it is checked as soon as that ends.';
    default:
      return `It could not be checked: ${describeError(error)}`;
  }
}

function Outcome(props: { report: Report }) {
  const { changes, collectors } = props.report;
  const failed = collectors.filter(({ status }) => status === 'failed');
  return (
    <>
      {changes.length === 0 ? (
        <div>Checked just now: nothing has changed.</div>
      ) : (
        <>
          <div>Checked just now. What has changed:</div>
          <ul className={styles.list}>
            {changes.map(change => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      )}
      {failed.length > 0 && (
        <>
          <div>
            Not all sources could be read; what they said before still holds:
          </div>
          <CollectorList collectors={failed} />
        </>
      )}
    </>
  );
}

/**
 * Has the facts of the entity collected and its scorecards evaluated now, and tells
 * what came of it. For those who may.
 */
export function CheckAgain(props: {
  entityRef: string;
  before: EntityScorecards;
  onChecked: (after: EntityScorecards) => void;
}) {
  const { entityRef, before, onChecked } = props;
  const client = useApi(scorecardsApiRef);
  const [isBusy, setBusy] = useState(false);
  const [report, setReport] = useState<Report>();
  const [problem, setProblem] = useState<string>();
  const { allowed } = usePermission({
    permission: scorecardsEvaluationRunPermission,
    resourceRef: entityRef,
  });

  const check = async () => {
    setBusy(true);
    setReport(undefined);
    setProblem(undefined);
    try {
      const { collectors, ...after } = await client.evaluateEntity({
        entityRef,
      });
      setReport({ changes: describeChanges(before, after), collectors });
      onChecked(after);
    } catch (error) {
      setProblem(describeProblem(error));
    } finally {
      setBusy(false);
    }
  };

  if (!allowed) {
    return null;
  }
  return (
    <div className={styles.check}>
      <div>
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiRefreshLine />}
          isPending={isBusy}
          onPress={check}
        >
          Check again
        </Button>
      </div>
      <div role="status" className={styles.report}>
        {isBusy && (
          <div>
            Reading the sources and checking all rules. It may take some
            seconds.
          </div>
        )}
        {report && <Outcome report={report} />}
      </div>
      <div role="alert" className={styles.problem}>
        {problem}
      </div>
      {report && report.collectors.length > 0 && (
        <Fold title="What the sources said">
          <CollectorList collectors={report.collectors} />
        </Fold>
      )}
    </div>
  );
}
