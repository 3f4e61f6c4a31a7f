import { useApi } from '@backstage/frontend-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Flex, Text } from '@backstage/ui';
import { useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { LeftOutList } from '../parts/LeftOutList';
import { readLeftOut, readParts, type LeftOut } from '../parts/Part';
import type { Run } from './readRun';

function LeftOutSection(props: { leftOut: LeftOut[]; templateRef: string }) {
  const { leftOut, templateRef } = props;
  const scaffolderApi = useApi(scaffolderApiRef);
  const { value: parts, error } = useLoaded(
    useCallback(async () => {
      const { steps } = await scaffolderApi.getTemplateParameterSchema(
        templateRef,
      );
      return steps.flatMap(({ schema }) =>
        readParts(
          (schema.properties as { leftOut?: unknown } | undefined)?.leftOut,
        ),
      );
    }, [scaffolderApi, templateRef]),
  );
  // The template may be gone, or not open to the reader: names do without it
  return parts || error !== undefined ? (
    <section aria-labelledby="left-out">
      <Flex direction="column" gap="3">
        <Text as="h2" id="left-out" variant="title-x-small" weight="bold">
          Left out
        </Text>
        <LeftOutList leftOut={leftOut} parts={parts} />
      </Flex>
    </section>
  ) : null;
}

/**
 * What the answers of a run left out, and why.
 *
 * @internal
 */
export function RunLeftOut(props: { run: Run }) {
  const { parameters, templateInfo } = props.run.task.spec;
  const leftOut = readLeftOut(parameters?.leftOut);
  return leftOut.length > 0 ? (
    <LeftOutSection
      leftOut={leftOut}
      templateRef={templateInfo?.entityRef ?? ''}
    />
  ) : null;
}
