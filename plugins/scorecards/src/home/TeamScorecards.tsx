import { parseEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  type CatalogApi,
} from '@backstage/plugin-catalog-react';
import { ButtonLink, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import type {
  LevelsReport,
  ScorecardsApi,
} from '@waymark/plugin-scorecards-common';
import {
  EmptyState,
  EntityLink,
  LoadingLines,
  nameOf,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { useCallback, useMemo } from 'react';
import { scorecardsApiRef } from '../api';
import { GroupStandings, judgedBy } from '../group/GroupStandings';
import { rootRouteRef } from '../routes';
import styles from './TeamScorecards.module.css';
import { useOwnership } from './useOwnership';

const LOADING = (
  <LoadingLines label="Loading your team’s scorecards" lines={8} />
);

/** People are in a handful of groups; whoever is in more finds them in the lists. */
const MOST_GROUPS = 10;

/** How one of the reader's groups stands. */
interface TeamStanding {
  ref: string;
  title: string;
  report: LevelsReport;
}

/** Those of the groups that own something that a scorecard is about. */
async function loadTeams(options: {
  client: ScorecardsApi;
  catalogApi: CatalogApi;
  refs: string[];
  signal: AbortSignal;
}): Promise<TeamStanding[]> {
  const { client, catalogApi, refs, signal } = options;
  const [{ items }, reports] = await Promise.all([
    catalogApi.getEntitiesByRefs({
      entityRefs: refs,
      fields: [
        'kind',
        'metadata.namespace',
        'metadata.name',
        'metadata.title',
        'spec.profile.displayName',
      ],
    }),
    Promise.all(
      refs.map(owner => client.getLevelsReport({ owner }, { signal })),
    ),
  ]);
  return refs
    .map((ref, index) => {
      const group = items[index];
      const title = group ? nameOf(group) : parseEntityRef(ref).name;
      return { ref, title, report: reports[index] };
    })
    .filter(({ report }) => judgedBy(report).length > 0);
}

function TeamsOf({ refs }: { refs: string[] }) {
  const client = useApi(scorecardsApiRef);
  const catalogApi = useApi(catalogApiRef);
  const list = useRouteRef(rootRouteRef)?.() ?? '';
  const { value, error, retry } = useLoaded(
    useCallback(
      signal => loadTeams({ client, catalogApi, refs, signal }),
      [client, catalogApi, refs],
    ),
  );
  if (error) {
    return (
      <ProblemNotice
        title="How your team stands cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return LOADING;
  }
  if (value.length === 0) {
    return (
      <EmptyState
        isPlain
        title="Nothing of your team is judged yet"
        action={
          <ButtonLink href={list} variant="secondary">
            See all scorecards
          </ButtonLink>
        }
      >
        No scorecard is about anything that your groups own.
      </EmptyState>
    );
  }
  if (value.length === 1) {
    const [{ ref, title, report }] = value;
    return (
      <div className={styles.team}>
        <span>
          <EntityLink entityRef={ref} title={title} />
        </span>
        <GroupStandings owner={ref} report={report} />
      </div>
    );
  }
  return (
    <Tabs>
      <TabList aria-label="Your groups">
        {value.map(({ ref, title }) => (
          <Tab key={ref} id={ref}>
            {title}
          </Tab>
        ))}
      </TabList>
      {value.map(({ ref, report }) => (
        <TabPanel key={ref} id={ref} className={styles.panel}>
          <GroupStandings owner={ref} report={report} />
        </TabPanel>
      ))}
    </Tabs>
  );
}

function ByGroup({ owners }: { owners: string[] }) {
  const list = useRouteRef(rootRouteRef)?.() ?? '';
  const refs = useMemo(
    () =>
      owners
        .filter(ref => parseEntityRef(ref).kind === 'group')
        .slice(0, MOST_GROUPS),
    [owners],
  );
  if (refs.length === 0) {
    return (
      <EmptyState
        isPlain
        title="You are in no group yet"
        action={
          <ButtonLink href={list} variant="secondary">
            See all scorecards
          </ButtonLink>
        }
      >
        How your groups stand is shown here once the catalog knows them.
      </EmptyState>
    );
  }
  return <TeamsOf refs={refs} />;
}

/** On which levels the services of the reader's groups stand. */
export function TeamScorecards() {
  const { value: owners, error, retry } = useOwnership();
  if (error) {
    return (
      <ProblemNotice
        title="How your team stands cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  return owners ? <ByGroup owners={owners} /> : LOADING;
}
