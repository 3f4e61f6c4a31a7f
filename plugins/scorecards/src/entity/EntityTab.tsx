import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import {
  dayBefore,
  EmptyState,
  LoadingLines,
  ProblemNotice,
  Section,
  useAddress,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { DayChoice } from '../shared/DayChoice';
import { isStatus } from '../shared/isStatus';
import { CheckAgain } from './check/CheckAgain';
import { PastNotice } from './past/PastNotice';
import { Pending } from './Pending';
import { Standings } from './Standings';
import { useEntityScorecards } from './useEntityScorecards';
import styles from './EntityTab.module.css';

function NoScorecard(props: { isPast: boolean }) {
  const { entity } = useEntity();
  const list = useRouteRef(rootRouteRef)?.();
  // Abbreviations, such as API, stay what they are
  const kind = /[a-z]/.test(entity.kind)
    ? entity.kind.toLocaleLowerCase('en-US')
    : entity.kind;
  return props.isPast ? (
    <EmptyState title={`No scorecard was about this ${kind} then`}>
      It, or its scorecards, came later.
    </EmptyState>
  ) : (
    <EmptyState
      title={`No scorecard is about this ${kind}`}
      action={list && <ButtonLink href={list}>See all scorecards</ButtonLink>}
    >
      Each scorecard says whom it is about. If one of them should be about this,
      ask its owner.
    </EmptyState>
  );
}

function Problem(props: {
  error: unknown;
  isPast: boolean;
  onRetry: () => void;
}) {
  const { error, isPast, onRetry } = props;
  if (isStatus(error, 403)) {
    return (
      <EmptyState title="Scorecards are not open to you">
        Ask whoever runs this portal for the right to read them.
      </EmptyState>
    );
  }
  if (isStatus(error, 404)) {
    return <NoScorecard isPast={isPast} />;
  }
  return (
    <ProblemNotice
      title="The scorecards cannot be shown"
      error={error}
      onRetry={onRetry}
    />
  );
}

/** Every scorecard of the entity of the page: level, next steps and all rules. */
export function EntityTab() {
  const [query, change] = useAddress();
  const asOf = query.get('asOf') ?? undefined;
  const client = useApi(scorecardsApiRef);
  const { entityRef, value, error, retry, replace } = useEntityScorecards(asOf);
  const isPast = asOf !== undefined;

  // Those that were denied, revoked or have ended are not in the answer above. They
  // only add to it: without them, everything else is still right
  const exemptions = useLoaded(
    useCallback(
      async signal =>
        isPast
          ? []
          : (
              await client.listExemptions(
                { entity: entityRef, limit: 100 },
                { signal },
              )
            ).items,
      [client, entityRef, isPast],
    ),
    { keep: true },
  );

  const showDay = (day: string | undefined) => change({ asOf: day });
  return (
    <div className={styles.tab}>
      {isPast && <PastNotice asOf={asOf} onBack={() => showDay(undefined)} />}
      {error !== undefined && (
        <Problem error={error} isPast={isPast} onRetry={retry} />
      )}
      {!value && error === undefined && (
        <Section title="Scorecards">
          <LoadingLines label="Loading the scorecards" lines={10} />
        </Section>
      )}
      {value?.pending && (
        <Section title="Scorecards">
          <Pending />
        </Section>
      )}
      {value && !value.pending && (
        <>
          {!isPast && value.scorecards.length > 0 && (
            <CheckAgain
              entityRef={entityRef}
              before={value}
              onChecked={replace}
            />
          )}
          {value.scorecards.length === 0 ? (
            <NoScorecard isPast={isPast} />
          ) : (
            <Standings
              key={entityRef}
              standings={value}
              exemptions={exemptions.value}
              isPast={isPast}
              onRequested={() => {
                exemptions.retry();
                retry();
              }}
            />
          )}
        </>
      )}
      {(isPast || Boolean(value?.scorecards.length)) && (
        <div>
          <DayChoice
            label="As it stood on"
            value={asOf?.slice(0, 10)}
            onChange={day => showDay(day === dayBefore(0) ? undefined : day)}
          />
        </div>
      )}
    </div>
  );
}
