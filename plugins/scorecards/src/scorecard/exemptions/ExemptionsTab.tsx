import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Dialog, Flex } from '@backstage/ui';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { EmptyState, ExportButton } from '@waymark/ui';
import { useCallback, useMemo, useState } from 'react';
import { scorecardsApiRef } from '../../api';
import { useScorecard } from '../ScorecardContext';
import { DecisionForm } from './decide/DecisionForm';
import { DECISIONS, type Decision } from './decide/decisions';
import { useDecisions } from './decide/useDecisions';
import { useFocusKept } from './decide/useFocusKept';
import { ExemptionFilters } from './ExemptionFilters';
import { exportExemptions } from './exportExemptions';
import { nameOfSubject } from './ExemptionSubject';
import { History } from './History';
import { Queue } from './Queue';
import { useExemptionAddress } from './useExemptionAddress';
import { useExemptions } from './useExemptions';

/** What is known of the last thing that was done. */
type Result = { isDone: boolean; text: string };

const nameOf = (exemption: Exemption) =>
  `${exemption.ruleTitle ?? exemption.ruleId}, ${nameOfSubject(exemption)}`;

/** Who asks to be excused, who was, and why. */
export function ExemptionsTab() {
  const { scorecardRef: scorecard } = useScorecard();
  const client = useApi(scorecardsApiRef);
  const address = useExemptionAddress();
  const { state, rule, owner } = address;
  const queue = useExemptions({
    filter: { scorecard, state: 'requested', rule, owner },
    pageSize: 10,
  });
  const history = useExemptions({
    filter: { scorecard, state, rule, owner },
    pageSize: 20,
  });
  const shown = useMemo(
    () => [...(queue.exemptions ?? []), ...(history.exemptions ?? [])],
    [queue.exemptions, history.exemptions],
  );
  const mayDo = useDecisions(shown);
  // What waits is decided in the queue
  const mayUndo = useCallback(
    (exemption: Exemption) =>
      exemption.state === 'approved' ? mayDo(exemption) : [],
    [mayDo],
  );
  const [asked, setAsked] = useState<{
    exemption: Exemption;
    decision: Decision;
  }>();
  const [result, setResult] = useState<Result>();
  const focus = useFocusKept(shown);

  const ask = useCallback((exemption: Exemption, decision: Decision) => {
    setResult(undefined);
    setAsked({ exemption, decision });
  }, []);
  const settle = (next: Result) => {
    setResult(next);
    setAsked(undefined);
    queue.reload();
    history.reload();
  };

  const isFiltered =
    state !== undefined || rule !== undefined || owner !== undefined;
  if (!isFiltered && history.exemptions?.length === 0 && !history.isStale) {
    return (
      <EmptyState title="Nobody has asked for an exemption">
        When a rule has to wait, whoever owns a service asks for an exemption on
        the tab Scorecards of its page, with a reason and an end. Here it is
        decided, and stays for audits.
      </EmptyState>
    );
  }
  return (
    <div ref={focus.place} tabIndex={-1} style={{ outline: 'none' }}>
      <Flex direction="column" gap="4">
        <ExemptionFilters address={address} />
        <div role="status">
          {result?.isDone && (
            <Alert status="success" icon title={result.text} />
          )}
        </div>
        {result && !result.isDone && (
          <Alert role="alert" status="warning" icon title={result.text} />
        )}
        {(state === undefined || state === 'requested') && (
          <Queue
            {...queue}
            onRetry={queue.reload}
            isFiltered={isFiltered}
            mayDo={mayDo}
            onDecide={ask}
          />
        )}
        <History
          {...history}
          action={
            <ExportButton
              load={signal =>
                exportExemptions(client, {
                  filter: { scorecard, state, rule, owner },
                  name: parseEntityRef(scorecard).name,
                  signal,
                })
              }
            />
          }
          onRetry={history.reload}
          mayDo={mayUndo}
          onDecide={ask}
        />
      </Flex>
      <Dialog
        width={520}
        isOpen={asked !== undefined}
        onOpenChange={isOpen => !isOpen && setAsked(undefined)}
      >
        {asked && (
          <DecisionForm
            {...asked}
            onClosed={focus.keep}
            onDecided={() =>
              settle({
                isDone: true,
                text: `${DECISIONS[asked.decision].done}: ${nameOf(
                  asked.exemption,
                )}`,
              })
            }
            onOvertaken={() =>
              settle({
                isDone: false,
                text: `Somebody else was faster, and nothing of yours was stored: ${nameOf(
                  asked.exemption,
                )}. Below is how it stands now.`,
              })
            }
          />
        )}
      </Dialog>
    </div>
  );
}
