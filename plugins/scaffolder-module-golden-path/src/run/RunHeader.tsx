import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Flex, Text } from '@backstage/ui';
import { Elapsed, Moment } from '@waymark/ui';
import type { ReactNode } from 'react';
import type { Run } from './readRun';
import { RunStateLabel } from './RunStateLabel';
import styles from './RunHeader.module.css';

/**
 * The title of the template that a run follows, as it was then.
 *
 * @internal
 */
function describeTemplate({ task }: Run): string {
  const { templateInfo } = task.spec;
  const { title, name } = templateInfo?.entity?.metadata ?? {};
  return String(
    title ?? name ?? templateInfo?.entityRef ?? 'a template that is gone',
  );
}

/**
 * What a run makes: the answer to the field `name`, else the template's title.
 *
 * @internal
 */
export function describeSubject(run: Run): string {
  const { name } = run.task.spec.parameters ?? {};
  return typeof name === 'string' && name ? name : describeTemplate(run);
}

/**
 * What is made, by whom, and how far it is.
 *
 * @internal
 */
export function RunHeader(props: { run: Run; actions?: ReactNode }) {
  const { run, actions } = props;
  const { spec, createdAt } = run.task;
  const finished = run.steps.filter(({ state }) =>
    ['done', 'skipped'].includes(state),
  ).length;
  const isOver = run.endedAt !== undefined;

  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <Text as="p" color="secondary">
          {spec.templateInfo && (
            <>
              {'From '}
              <EntityRefLink
                entityRef={spec.templateInfo.entityRef}
                title={describeTemplate(run)}
                hideIcon
              />
              {', '}
            </>
          )}
          {'started '}
          <Moment at={createdAt} inline />
          {spec.user?.ref && (
            <>
              {' by '}
              <EntityRefLink
                entityRef={spec.user.ref}
                defaultKind="user"
                hideIcon
              />
            </>
          )}
        </Text>
      </div>
      <Flex align="center" gap="4" style={{ flexWrap: 'wrap' }}>
        <RunStateLabel state={run.state} />
        <Text color="secondary">
          <Elapsed from={run.startedAt} to={run.endedAt} />
        </Text>
        {actions}
      </Flex>
      {!isOver && (
        <div
          className={styles.progress}
          role="progressbar"
          aria-label="Steps that are done"
          aria-valuemin={0}
          aria-valuemax={run.steps.length}
          aria-valuenow={finished}
          aria-valuetext={`${finished} of ${run.steps.length}`}
        >
          <div
            className={styles.bar}
            style={{ width: `${(100 * finished) / run.steps.length}%` }}
          />
        </div>
      )}
    </header>
  );
}
