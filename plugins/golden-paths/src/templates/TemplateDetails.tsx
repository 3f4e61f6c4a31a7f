import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import {
  EntityLink,
  FilterFields,
  LoadingLines,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../api';
import { useWeeks, WeeksChoice } from '../shared/WeeksChoice';
import { Failures } from './Failures';
import { Figures } from './Figures';
import { nameOfTemplate } from './nameOfTemplate';
import { RecentRuns } from './RecentRuns';
import { RunsByWeek } from './RunsByWeek';
import { runsAddress } from './templateAddress';
import { Versions } from './Versions';
import styles from './TemplateDetails.module.css';

/** One golden path: how its runs went, where they fail, who follows it. */
export function TemplateDetails(props: { templateRef: string }) {
  const { templateRef } = props;
  const client = useApi(goldenPathsApiRef);
  const [weeks] = useWeeks();
  const { value, error, isLoading, retry } = useLoaded(
    useCallback(
      signal => client.getTemplate({ templateRef, weeks }, { signal }),
      [client, templateRef, weeks],
    ),
    { keep: true },
  );
  const shown = value?.templateRef === templateRef ? value : undefined;
  return (
    <Flex direction="column" gap="4" aria-busy={isLoading || undefined}>
      <div>
        <Link href="?">All golden paths</Link>
        <Text as="h2" variant="title-small" weight="bold">
          {shown ? nameOfTemplate(shown) : templateRef}
        </Text>
        {shown && (
          <EntityLink entityRef={templateRef} title="Its page in the catalog" />
        )}
      </div>
      <FilterFields>
        <WeeksChoice label="Runs within" />
      </FilterFields>
      {error !== undefined && (
        <ProblemNotice
          title="The golden path cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {!shown && error === undefined && (
        <LoadingLines label="Loading the golden path" lines={12} />
      )}
      {shown && error === undefined && (
        <>
          <Figures template={shown} weeks={weeks} />
          <div className={styles.columns}>
            <Failures template={shown} weeks={weeks} />
            <Versions template={shown} weeks={weeks} />
          </div>
          <RunsByWeek templateRef={templateRef} trend={shown.trend} />
          <RecentRuns
            runs={shown.recent}
            address={runsAddress(templateRef, { weeks })}
          />
        </>
      )}
    </Flex>
  );
}
