import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import type { TemplateHealthDetails } from '@waymark/plugin-golden-paths-common';
import {
  EntityLink,
  FilterFields,
  formatNumber,
  LoadingLines,
  ProblemNotice,
  ScrollTable,
  Section,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../api';
import { TaskLink } from '../shared/TaskLink';
import { useWeeks, WeeksChoice } from '../shared/WeeksChoice';
import { Duration, SuccessRate } from './figures';
import { nameOfTemplate } from './nameOfTemplate';
import { RecentRuns } from './RecentRuns';
import { RunsByWeek } from './RunsByWeek';
import styles from './TemplateDetails.module.css';

function Figures(props: { template: TemplateHealthDetails }) {
  const { template } = props;
  const { runs, running, cancelled, services, behind } = template;
  return (
    <dl className={styles.figures}>
      <div>
        <dt>Runs</dt>
        <dd>
          <Text as="div">{formatNumber(runs)}</Text>
          <Text as="div" variant="body-small" color="secondary">
            {`${formatNumber(running)} running, ${formatNumber(
              cancelled,
            )} cancelled`}
          </Text>
        </dd>
      </div>
      <div>
        <dt>Succeeded</dt>
        <dd>
          <SuccessRate {...template} />
        </dd>
      </div>
      <div>
        <dt>Duration</dt>
        <dd>
          <Duration {...template.duration} />
        </dd>
      </div>
      <div>
        <dt>Services that follow it</dt>
        <dd>
          <Text as="div">{formatNumber(services)}</Text>
          <Text as="div" variant="body-small" color="secondary">
            {behind === 0
              ? 'all on its latest version'
              : `${formatNumber(behind)} on an older version`}
          </Text>
        </dd>
      </div>
    </dl>
  );
}

function Failures(props: { failures: TemplateHealthDetails['failures'] }) {
  const { failures } = props;
  return (
    <Section title="Where runs fail">
      {failures.length === 0 ? (
        <Text as="p">No run failed.</Text>
      ) : (
        <ScrollTable caption="Where runs fail" isCaptionHidden>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Times</th>
              <th scope="col">What it said last</th>
            </tr>
          </thead>
          <tbody>
            {failures.map(({ id, name, count, lastError, lastTaskId }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{formatNumber(count)}</td>
                <td className={styles.words}>
                  {lastError}{' '}
                  {lastTaskId && (
                    <TaskLink taskId={lastTaskId}>Open the run</TaskLink>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Section>
  );
}

function Versions(props: { versions: TemplateHealthDetails['versions'] }) {
  const { versions } = props;
  return (
    <Section title="Versions in use">
      {versions.length === 0 ? (
        <Text as="p">No service follows it yet.</Text>
      ) : (
        <ScrollTable caption="Versions in use" isCaptionHidden>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Services</th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ version, current, services }) => (
              <tr key={version}>
                <th scope="row" title={version}>
                  {version.replace(/^sha256:/, '').slice(0, 12)}
                  {current && ' (latest)'}
                </th>
                <td>{formatNumber(services)}</td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Section>
  );
}

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
          {shown ? (
            <EntityLink entityRef={templateRef} title={nameOfTemplate(shown)} />
          ) : (
            templateRef
          )}
        </Text>
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
          <Figures template={shown} />
          <div className={styles.columns}>
            <Failures failures={shown.failures} />
            <Versions versions={shown.versions} />
          </div>
          <RunsByWeek trend={shown.trend} />
          <RecentRuns runs={shown.recent} />
        </>
      )}
    </Flex>
  );
}
