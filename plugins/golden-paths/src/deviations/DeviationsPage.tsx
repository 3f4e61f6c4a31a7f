import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Dialog, Flex } from '@backstage/ui';
import {
  goldenPathsDeviationDecidePermission,
  nameOfDeviation,
  type Deviation,
  type DeviationState,
} from '@waymark/plugin-golden-paths-common';
import {
  Choice,
  EmptyState,
  EntityFilter,
  FilterFields,
  useAddress,
  useMore,
} from '@waymark/ui';
import { useCallback, useState } from 'react';
import { goldenPathsApiRef } from '../api';
import { DocsLink } from '../shared/DocsLink';
import { MoreButton } from '../shared/MoreButton';
import { PageBody } from '../shared/PageBody';
import { DecisionForm } from './DecisionForm';
import { DeviationsTable } from './DeviationsTable';
import { WaitingNote } from './WaitingNote';
import {
  DECISION_WORDS,
  DEVIATION_STATES,
  type DeviationDecision,
} from './deviationStates';

/** What services have changed of their golden path, and who allowed it. */
export function DeviationsPage() {
  const client = useApi(goldenPathsApiRef);
  const [query, change] = useAddress();
  const { allowed: mayDecide } = usePermission({
    permission: goldenPathsDeviationDecidePermission,
  });
  const owner = query.get('owner') ?? undefined;
  const service = query.get('service') ?? undefined;
  const template = query.get('template') ?? undefined;
  const named = query.get('state') ?? '';
  const state = Object.hasOwn(DEVIATION_STATES, named)
    ? (named as DeviationState)
    : undefined;
  const list = useMore(
    useCallback(
      (cursor: string | undefined, signal: AbortSignal) =>
        client.getDeviations(
          { owner, entityRef: service, template, state, cursor, limit: 50 },
          { signal },
        ),
      [client, owner, service, template, state],
    ),
  );
  const [asked, setAsked] = useState<{
    deviation: Deviation;
    decision: DeviationDecision;
  }>();
  const [done, setDone] = useState<string>();
  const decide = useCallback(
    (deviation: Deviation, decision: DeviationDecision) => {
      setDone(undefined);
      setAsked({ deviation, decision });
    },
    [],
  );
  const isEmpty = list.items?.length === 0 && !list.isLoading && !list.error;
  const isNarrowed = Boolean(owner || service || template || state);

  return (
    <PageBody>
      <Flex direction="column" gap="4">
        <FilterFields>
          <Choice
            label="State"
            any="All"
            value={state}
            options={Object.entries(DEVIATION_STATES).map(
              ([id, { label }]) => ({
                id,
                label,
              }),
            )}
            onChange={value => change({ state: value })}
          />
          <EntityFilter
            kind="group"
            label="Owner"
            value={owner}
            onChange={ref => change({ owner: ref })}
          />
          <EntityFilter
            kind="component"
            label="Service"
            value={service}
            onChange={ref => change({ service: ref })}
          />
        </FilterFields>
        {state !== 'requested' && <WaitingNote key={done} />}
        <div role="status">
          {done && <Alert status="success" icon title={done} />}
        </div>
        {isEmpty && isNarrowed && (
          <EmptyState headingLevel="h2" title="No deviation is like that">
            Choose another state, owner or service.
          </EmptyState>
        )}
        {isEmpty && !isNarrowed && (
          <EmptyState
            headingLevel="h2"
            title="No service deviates from its golden path"
            action={<DocsLink>What counts as a deviation</DocsLink>}
          >
            When a service changes or leaves out what its golden path generated,
            it stands here. Its owner gives a reason in the repository; whether
            that is good enough is decided here, with an end.
          </EmptyState>
        )}
        {!isEmpty && (list.items || !list.error) && (
          <DeviationsTable
            deviations={list.items}
            isStale={list.isLoading && list.items !== undefined}
            onDecide={mayDecide ? decide : undefined}
          />
        )}
        <MoreButton list={list} problem="The deviations cannot be shown" />
        <Dialog
          width={520}
          isOpen={asked !== undefined}
          onOpenChange={isOpen => !isOpen && setAsked(undefined)}
        >
          {asked && (
            <DecisionForm
              {...asked}
              onDecided={deviation => {
                setDone(
                  `${DECISION_WORDS[asked.decision].done}: ${nameOfDeviation(
                    deviation,
                  )}`,
                );
                setAsked(undefined);
                list.reload();
              }}
            />
          )}
        </Dialog>
      </Flex>
    </PageBody>
  );
}
