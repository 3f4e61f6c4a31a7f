import { Button, Flex, Switch, Text } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import type { LogPart } from '@waymark/plugin-forge-runner-common';
import { LoadingLines, LogText, ProblemNotice, saveFile } from '@waymark/ui';
import { useState } from 'react';
import { useLog } from './useLog';

/**
 * A log: followed while it is written, to be read from the beginning, to be kept.
 */
export function LogView(props: {
  /** What it is the log of. */
  title: string;
  /** The same function as long as it is the same log. */
  load: (from: number | undefined, signal: AbortSignal) => Promise<LogPart>;
  onRetry: () => void;
}) {
  const { title, load, onRetry } = props;
  const [fromStart, setFromStart] = useState(false);
  const [isFollowing, setFollowing] = useState(true);
  const log = useLog(load, fromStart);
  const isGrowing = log !== undefined && !log.isComplete;

  if (!log) {
    return <LoadingLines label={`Loading the log of ${title}`} lines={4} />;
  }
  if (log.error !== undefined && !log.text) {
    return (
      <ProblemNotice
        title={`The log of ${title} cannot be shown`}
        error={log.error}
        onRetry={onRetry}
      />
    );
  }
  return (
    <Flex direction="column" gap="2">
      {log.text ? (
        <LogText
          label={`Log of ${title}`}
          text={log.text}
          isFollowed={isFollowing && !fromStart}
        />
      ) : (
        <Text color="secondary">
          {isGrowing ? 'Nothing was written yet.' : 'Nothing was written.'}
        </Text>
      )}
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        {log.isCut && !fromStart && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setFromStart(true)}
          >
            Show from the beginning
          </Button>
        )}
        {log.text && (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiDownloadLine />}
            onPress={() =>
              saveFile(
                new File([log.text], `${title}.log`, { type: 'text/plain' }),
              )
            }
          >
            Download
          </Button>
        )}
        {isGrowing && (
          <Switch
            label="Follow"
            isSelected={isFollowing}
            onChange={setFollowing}
          />
        )}
      </Flex>
    </Flex>
  );
}
