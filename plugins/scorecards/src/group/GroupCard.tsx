import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import {
  dayBefore,
  LoadingLines,
  nameOf,
  ProblemNotice,
  Section,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../api';
import { isStatus } from '../shared/isStatus';
import { DAYS_BACK, GroupStandings, judgedBy } from './GroupStandings';
import { WhereToLook } from './WhereToLook';

/**
 * How the group of the page stands, with all below it, and where to look. Nothing
 * where scorecards are not open to the reader.
 */
export function GroupCard() {
  const { entity } = useEntity();
  const owner = stringifyEntityRef(entity);
  const client = useApi(scorecardsApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(
      async signal => {
        const [report, before] = await Promise.all([
          client.getLevelsReport({ owner }, { signal }),
          client.getLevelsReport(
            { owner, asOf: dayBefore(DAYS_BACK) },
            { signal },
          ),
        ]);
        return { report, before };
      },
      [client, owner],
    ),
  );
  const isJudged = value && judgedBy(value.report).length > 0;

  if (isStatus(error, 403)) {
    return null;
  }
  return (
    <Section title="Scorecards">
      {error !== undefined && (
        <ProblemNotice
          title="How the group stands cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && (
        <LoadingLines label="Loading how the group stands" lines={8} />
      )}
      {value && !isJudged && (
        <Text as="p" color="secondary">
          {`No scorecard is about anything that ${nameOf(
            entity,
          )}, or a group below it, owns.`}
        </Text>
      )}
      {value && isJudged && (
        <>
          <GroupStandings
            owner={owner}
            report={value.report}
            before={value.before}
          />
          <WhereToLook owner={owner} />
        </>
      )}
    </Section>
  );
}
