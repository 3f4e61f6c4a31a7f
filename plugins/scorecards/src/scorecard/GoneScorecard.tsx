import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Flex } from '@backstage/ui';
import {
  EmptyState,
  LoadingLines,
  ProblemNotice,
  useAddress,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import { scorecardsApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { DayChoice } from '../shared/DayChoice';
import { isStatus } from '../shared/isStatus';
import { PAST_TAB, ScorecardTabs } from './ScorecardTabs';

/**
 * In place of a scorecard that is not in the catalog: how its services stood on a
 * day, since audits come later than somebody who tidies up.
 */
export function GoneScorecard(props: {
  scorecardRef: string;
  name: string;
  /** Of the page of the scorecard. */
  address: string;
}) {
  const { scorecardRef, name, address } = props;
  const client = useApi(scorecardsApiRef);
  const navigate = useNavigate();
  const list = useRouteRef(rootRouteRef)?.() ?? '';
  const [query] = useAddress();
  const asOf = query.get('asOf') ?? undefined;
  const { value, error, isLoading, retry } = useLoaded(
    useCallback(
      async signal =>
        asOf === undefined
          ? undefined
          : client.getScorecard({ scorecardRef, asOf }, { signal }),
      [client, scorecardRef, asOf],
    ),
    { keep: true },
  );

  if (value && asOf !== undefined) {
    return <ScorecardTabs scorecard={value} address={address} isGone />;
  }
  if (isLoading) {
    return (
      <Container>
        <LoadingLines label="Loading the scorecard" lines={8} />
      </Container>
    );
  }
  if (error !== undefined && !isStatus(error, 404)) {
    return (
      <Container>
        <ProblemNotice
          title="The scorecard cannot be shown"
          error={error}
          onRetry={retry}
        />
      </Container>
    );
  }
  return (
    <Container>
      <EmptyState
        headingLevel="h2"
        title={
          asOf === undefined
            ? `There is no scorecard ${name}`
            : `There was no scorecard ${name} then`
        }
        action={
          <Flex direction="column" gap="4" align="start">
            <DayChoice
              label="As it stood on"
              value={asOf}
              onChange={day =>
                navigate(`${address}/${PAST_TAB}${day ? `?asOf=${day}` : ''}`)
              }
            />
            <ButtonLink href={list}>See all scorecards</ButtonLink>
          </Flex>
        }
      >
        It was removed or renamed, or it is a draft of somebody else. If it was
        removed, choose a day on which it was there.
      </EmptyState>
    </Container>
  );
}
