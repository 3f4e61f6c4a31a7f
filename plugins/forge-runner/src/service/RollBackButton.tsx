import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import { RiArrowGoBackLine } from '@remixicon/react';
import { describeError, FieldMessage } from '@waymark/ui';
import { useId, useState } from 'react';

/** Asks before it rolls back. */
export function RollBackButton(props: {
  /** Whose build comes back. */
  run: number;
  present?: number;
  isDisabled: boolean;
  onRollBack: (run: number) => Promise<void>;
}) {
  const { run, present, isDisabled, onRollBack } = props;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();

  const rollBack = async () => {
    setPending(true);
    setProblem(undefined);
    try {
      await onRollBack(run);
      setOpen(false);
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setPending(false);
    }
  };

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiArrowGoBackLine />}
        isDisabled={isDisabled}
      >
        Roll back to build {run}
      </Button>
      <Dialog width={480}>
        <DialogHeader>Roll back to build {run}?</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3">
            <Text>
              Build {run} is started again and takes the place of build{' '}
              {present} once it is ready. Until then build {present} answers.
            </Text>
            <Text>
              The repository stays as it is: the next push deploys what is in
              it. It counts as a rollback among the deployments.
            </Text>
            <FieldMessage id={`${id}__problem`}>{problem}</FieldMessage>
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            Keep build {present}
          </Button>
          <Button
            variant="primary"
            destructive
            isPending={isPending}
            onPress={rollBack}
          >
            Roll back
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
