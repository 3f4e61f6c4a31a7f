import { Button, Flex, Switch, Text } from '@backstage/ui';
import { RiDownloadLine, RiFileCopyLine } from '@remixicon/react';
import { LogText, saveFile } from '@waymark/ui';
import { useMemo, useState } from 'react';
import type { RunStep } from './readRun';

/** The time of day alone; the day stands above. */
function toClock(at: string) {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(
    new Date(at),
  );
}

/** Where in the portal's own code an error came from: of use in a file, not here. */
const STACK_FRAME = /\n {4}at [^\n]+/g;

/**
 * What a step wrote: to be read, followed while it runs, copied and kept.
 *
 * @internal
 */
export function StepLog(props: { step: RunStep }) {
  const { step } = props;
  const [isFollowing, setFollowing] = useState(true);
  const [outcome, setOutcome] = useState<string>();
  const isRunning = step.state === 'running';
  const text = useMemo(
    () =>
      step.log.map(({ at, message }) => `${toClock(at)} ${message}`).join('\n'),
    [step.log],
  );

  if (step.log.length === 0) {
    return (
      <Text color="secondary">
        {step.state === 'waiting'
          ? 'This step has not begun.'
          : 'This step wrote nothing.'}
      </Text>
    );
  }

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('Copied.');
    } catch {
      // Browsers refuse outside of secure contexts
      setOutcome('The browser does not let pages copy here. Download it.');
    }
  };

  return (
    <Flex direction="column" gap="2">
      <LogText
        label={`Log of ${step.name}`}
        text={text.replace(STACK_FRAME, '')}
        isFollowed={isRunning && isFollowing}
      />
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiFileCopyLine />}
          onPress={copy}
        >
          Copy the log
        </Button>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine />}
          onPress={() =>
            saveFile(new File([text], `${step.id}.log`, { type: 'text/plain' }))
          }
        >
          Download
        </Button>
        {isRunning && (
          <Switch
            label="Follow"
            isSelected={isFollowing}
            onChange={setFollowing}
          />
        )}
        <div role="status">
          {outcome && <Text variant="body-small">{outcome}</Text>}
        </div>
      </Flex>
    </Flex>
  );
}
