import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { ProblemNotice, Section, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../api';
import { ScorecardLink } from '../shared/ScorecardLink';
import styles from './ListPage.module.css';

/** As many as one reads; the others are searched for. */
const SHOWN = 50;

/** Scorecards that judge nothing any more; nothing where there are none. */
export function RetiredList(props: { search?: string }) {
  const { search } = props;
  const client = useApi(scorecardsApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(
      signal =>
        client.listScorecards(
          { search, lifecycle: 'retired', rules: false, limit: SHOWN },
          { signal },
        ),
      [client, search],
    ),
    { keep: true },
  );
  if (error) {
    return (
      <ProblemNotice
        title="Retired scorecards cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value || value.items.length === 0) {
    return null;
  }
  return (
    <Section title="Retired" headingLevel="h2">
      <Text color="secondary">
        They judge nothing any more. What was can still be looked up.
      </Text>
      <ul className={styles.retired}>
        {value.items.map(({ scorecardRef, title, description }) => (
          <li key={scorecardRef}>
            <ScorecardLink scorecardRef={scorecardRef} title={title} />
            {description && `: ${description}`}
          </li>
        ))}
      </ul>
      {value.nextCursor && (
        <Text color="secondary">There are more: search for them.</Text>
      )}
    </Section>
  );
}
