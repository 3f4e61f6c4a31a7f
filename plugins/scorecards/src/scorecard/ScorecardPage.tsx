import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { LoadingLines, ProblemNotice, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { scorecardsApiRef } from '../api';
import { scorecardRouteRef } from '../routes';
import { isStatus } from '../shared/isStatus';
import { GoneScorecard } from './GoneScorecard';
import { ScorecardTabs } from './ScorecardTabs';

/** One scorecard, or what was of one that has left the catalog. */
export function ScorecardPage() {
  const { namespace = '', name = '' } = useParams();
  const client = useApi(scorecardsApiRef);
  const address = useRouteRef(scorecardRouteRef)?.({ namespace, name }) ?? '';
  const scorecardRef = stringifyEntityRef({
    kind: 'scorecard',
    namespace,
    name,
  });
  const { value, error, retry } = useLoaded(
    useCallback(
      signal => client.getScorecard({ scorecardRef }, { signal }),
      [client, scorecardRef],
    ),
  );

  if (value) {
    return <ScorecardTabs scorecard={value} address={address} />;
  }
  if (error !== undefined && isStatus(error, 404)) {
    return (
      <GoneScorecard
        scorecardRef={scorecardRef}
        name={name}
        address={address}
      />
    );
  }
  return (
    <Container>
      {error === undefined ? (
        <LoadingLines label="Loading the scorecard" lines={8} />
      ) : (
        <ProblemNotice
          title="The scorecard cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
    </Container>
  );
}
