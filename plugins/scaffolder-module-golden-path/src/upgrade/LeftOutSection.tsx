import { useApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { Flex, Link, Text } from '@backstage/ui';
import {
  deviationStateLabels,
  subjectOfDeviation,
  type Deviation,
} from '@waymark/plugin-golden-paths-common';
import {
  describeDay,
  NamedEntityLink,
  ProblemNotice,
  Section,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathApiRef } from '../api';
import { LeftOutList } from '../parts/LeftOutList';

/** Nothing tells of deviations, or it does not tell the reader. */
const CLOSED = [403, 404];

/** How it was decided, by whom and until when. */
function Decision(props: { deviation: Deviation }) {
  const { state, decidedBy, comment, expiresAt } = props.deviation;
  return (
    <>
      <Text as="div" color="secondary">
        {deviationStateLabels[state]}
        {decidedBy && (
          <>
            {' by '}
            <NamedEntityLink entityRef={decidedBy} />
          </>
        )}
        {expiresAt &&
          (state === 'expired'
            ? `, over since ${describeDay(new Date(expiresAt))}`
            : // The last day of it: it ends as the next one begins
              `, until ${describeDay(new Date(Date.parse(expiresAt) - 1))}`)}
      </Text>
      {comment && (
        <Text as="div" color="secondary" dir="auto">
          {comment}
        </Text>
      )}
    </>
  );
}

/**
 * The parts that a service does without, what was decided about each, and how one comes
 * back. Nothing where there are none.
 *
 * @internal
 */
export function LeftOutSection(props: {
  entityRef: string;
  repositoryUrl?: string;
}) {
  const { entityRef, repositoryUrl } = props;
  const api = useApi(goldenPathApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(
      signal => api.getDeviations(entityRef, { signal }),
      [api, entityRef],
    ),
  );
  if (error !== undefined) {
    return error instanceof ResponseError &&
      CLOSED.includes(error.statusCode) ? null : (
      <ProblemNotice
        title="What it leaves out cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  const parts = (value ?? []).filter(({ kind }) => kind === 'left-out');
  if (parts.length === 0) {
    return null;
  }
  const find = (path: string) => parts.find(part => part.path === path);
  return (
    <Section title="Left out">
      <Flex direction="column" gap="3">
        <LeftOutList
          leftOut={parts.map(({ path, reason }) => ({
            part: path,
            reason: reason ?? 'The repository gives no reason.',
          }))}
          parts={parts.map(part => ({
            name: part.path,
            title: subjectOfDeviation(part),
          }))}
          detailsOf={path => {
            const deviation = find(path);
            return deviation && <Decision deviation={deviation} />;
          }}
        />
        <Text as="p">
          To have one of them after all, delete its entry under{' '}
          <code>deviations</code> in <code>.waymark/golden-path.yaml</code>: the
          next upgrade brings its files. What has its files in another
          repository, no upgrade brings: ask the platform team. Another reason
          is decided on anew.
        </Text>
        {repositoryUrl && <Link href={repositoryUrl}>Open its repository</Link>}
      </Flex>
    </Section>
  );
}
