import { useApi } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { Flex, Text } from '@backstage/ui';
import { LoadingLines, ProblemNotice, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathApiRef, type UpgradePreview } from '../api';
import { ConflictHelp } from './ConflictHelp';
import { describeCounts } from './describeUpgrade';
import { FileList } from './FileList';

function Loaded(props: { preview: UpgradePreview; branch: string }) {
  const { preview, branch } = props;
  const { conflicts, counts, files } = preview;
  return (
    <Flex direction="column" gap="4">
      <Text as="p" role="status">
        {files.length === 0
          ? 'No file of yours changes; only what is recorded of its version does.'
          : describeCounts(counts)}
      </Text>
      {conflicts.length > 0 && (
        <ConflictHelp conflicts={conflicts} branch={branch} />
      )}
      <FileList files={files} />
    </Flex>
  );
}

/**
 * What an upgrade would do, file by file.
 *
 * @internal
 */
export function Preview(props: {
  entityRef: string;
  /** To what the path has come to ask; always the same object for the same. */
  answers: JsonObject | undefined;
  branch: string;
}) {
  const { entityRef, answers, branch } = props;
  const api = useApi(goldenPathApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(
      (signal: AbortSignal) =>
        api.previewUpgrade(entityRef, { answers, signal }),
      [api, entityRef, answers],
    ),
  );
  if (error !== undefined) {
    return (
      <ProblemNotice
        title="What it would do cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  return value ? (
    <Loaded preview={value} branch={branch} />
  ) : (
    <>
      <Text as="p" color="secondary">
        The newest version is made with your answers and held against your
        repository. It takes some seconds.
      </Text>
      <LoadingLines label="Working out what would change" lines={8} />
    </>
  );
}
