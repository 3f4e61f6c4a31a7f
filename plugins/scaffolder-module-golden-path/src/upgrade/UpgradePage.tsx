import { useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { taskReadPermission } from '@backstage/plugin-scaffolder-common/alpha';
import { Alert, Flex, Link } from '@backstage/ui';
import {
  EmptyState,
  LoadingLines,
  Moment,
  NamedEntityLink,
  ProblemNotice,
  Section,
} from '@waymark/ui';
import type { UpgradeStatus, UpgradeVersion } from '../api';
import { digestOf, nameOfVersion } from './describeUpgrade';
import { LeftOutSection } from './LeftOutSection';
import { UpgradeMark } from './UpgradeMark';
import { UpgradeSteps } from './UpgradeSteps';
import { useUpgrade } from './useUpgrade';
import { WhatChanged } from './WhatChanged';
import styles from './UpgradePage.module.css';

/** The way to a run, for those who may open it. */
function RunLink(props: { taskId: string; children: string }) {
  const toTask = useRouteRef(scaffolderPlugin.routes.ongoingTask);
  const { allowed } = usePermission({
    permission: taskReadPermission,
    resourceRef: props.taskId,
  });
  return toTask && allowed ? (
    <Link href={toTask({ taskId: props.taskId })}>{props.children}</Link>
  ) : null;
}

/** The author's number, and the digest by which two of the same differ. */
function Version(props: { version: UpgradeVersion }) {
  const { version } = props;
  return (
    <span title={version.version}>
      {nameOfVersion(version)}
      {version.pathVersion !== undefined && ` (${digestOf(version)})`}
    </span>
  );
}

function Standing(props: { status: UpgradeStatus }) {
  const { available, current, proposal, run, state, template } = props.status;
  return (
    <Section title="Version">
      <Flex direction="column" gap="3">
        <div role="status">
          <UpgradeMark state={state} />
        </div>
        <dl className={styles.facts}>
          {template && (
            <div>
              <dt>Golden path</dt>
              <dd>
                <NamedEntityLink entityRef={template.ref} />
              </dd>
            </div>
          )}
          {current && (
            <div>
              <dt>Yours</dt>
              <dd>
                <Version version={current} />
                {current.renderedAt && (
                  <>
                    , made <Moment at={current.renderedAt} inline />
                  </>
                )}
              </dd>
            </div>
          )}
          {available && (
            <div>
              <dt>Newest</dt>
              <dd>
                <Version version={available} />
              </dd>
            </div>
          )}
        </dl>
        {state === 'proposed' && proposal && (
          <Alert
            status="info"
            icon
            title="The upgrade is proposed, and nothing is merged yet"
            description={
              proposal.conflicts.length > 0
                ? `Git could not merge ${proposal.conflicts.join(
                    ', ',
                  )}: decide on the branch ${proposal.branch}, then merge.`
                : 'Look through it and merge it with a merge commit.'
            }
            customActions={
              <Link href={proposal.url}>Open the proposed upgrade</Link>
            }
          />
        )}
        {run && state !== 'current' && (
          <div role="status">
            {(run.status === 'open' || run.status === 'processing') &&
              'It is being proposed. '}
            {run.status === 'failed' && 'The last try did not succeed. '}
            {run.status === 'cancelled' && 'The last try was cancelled. '}
            <RunLink taskId={run.taskId}>Open its run</RunLink>
          </div>
        )}
      </Flex>
    </Section>
  );
}

function Unknown(props: { status: UpgradeStatus }) {
  const { problem, repositoryUrl } = props.status;
  return (
    <EmptyState
      title={
        problem?.code === 'no-path'
          ? 'No golden path made it'
          : 'It is not known how it stands to its golden path'
      }
      action={
        repositoryUrl && <Link href={repositoryUrl}>Open its repository</Link>
      }
    >
      {problem?.message}
    </EmptyState>
  );
}

/**
 * How the service of the page stands to its golden path, what a newer version
 * brings, and the way to it.
 *
 * @internal
 */
export function UpgradePage() {
  const { value, error, retry, entityRef } = useUpgrade();
  if (!value) {
    return error === undefined ? (
      <Section title="Golden path">
        <LoadingLines label="Loading its golden path" lines={8} />
      </Section>
    ) : (
      <ProblemNotice
        title="Its golden path cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (value.state === 'unknown') {
    return <Unknown status={value} />;
  }
  const { problem, state } = value;
  return (
    <Flex direction="column" gap="4">
      <Standing status={value} />
      {state !== 'current' && <WhatChanged status={value} />}
      {state !== 'current' && problem && problem.code !== 'answers' && (
        <Alert
          status="warning"
          icon
          title="It cannot be upgraded as it is"
          description={problem.message}
        />
      )}
      {state !== 'current' && (!problem || problem.code === 'answers') && (
        <UpgradeSteps
          // Answers are to one version
          key={`${entityRef} ${value.available?.version}`}
          status={value}
          onProposed={retry}
        />
      )}
      <LeftOutSection
        entityRef={entityRef}
        repositoryUrl={value.repositoryUrl}
      />
    </Flex>
  );
}
