import { Button, Flex, Text } from '@backstage/ui';
import { LoadingLines } from '@waymark/ui';
import { useEffect } from 'react';
import { useHomeSlot } from '../../layout/HomeSlotContext';
import { useReader, type Reader } from '../../personal/Reader';
import styles from './GuidedStart.module.css';
import { GuidedStep } from './GuidedStep';
import { useGuidedStart } from './useGuidedStart';

const loading = <LoadingLines label="Loading your first steps" lines={4} />;

function GuidedStartOf({ reader }: { reader: Reader }) {
  const { close, isReopened, isArranged } = useHomeSlot();
  const { steps, wasDone } = useGuidedStart({
    userEntityRef: reader.userEntityRef,
    hasArranged: isArranged,
  });

  const isOver = wasDone && !isReopened;
  useEffect(() => {
    if (isOver) {
      close();
    }
  }, [isOver, close]);

  if (!steps || isOver) {
    return loading;
  }
  const done = steps.filter(({ isTicked }) => isTicked).length;
  const isDone = done === steps.length;
  const next = steps.find(({ isTicked }) => !isTicked);
  return (
    <Flex direction="column" gap="4">
      <Flex align="center" justify="between" gap="4" className={styles.bar}>
        <Flex align="center" gap="3">
          <progress
            className={styles.progress}
            max={steps.length}
            value={done}
            aria-label="First steps done"
          />
          <Text variant="body-small" color="secondary" role="status">
            {isDone
              ? 'All done. Next time this card is gone; the menu above brings it back.'
              : `${done} of ${steps.length} done`}
          </Text>
        </Flex>
        <Button size="small" variant="tertiary" onPress={close}>
          {isDone ? 'Close' : 'I know my way'}
        </Button>
      </Flex>
      <ol className={styles.steps}>
        {steps.map(step => (
          <GuidedStep key={step.id} step={step} isNext={step === next} />
        ))}
      </ol>
    </Flex>
  );
}

/** The first things to do in the portal, until they are done. */
export function GuidedStart() {
  const reader = useReader();
  return reader ? <GuidedStartOf reader={reader} /> : loading;
}
