import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Text,
} from '@backstage/ui';
import { useState } from 'react';

/**
 * Asks before it stops a run.
 *
 * @internal
 */
export function CancelButton(props: {
  isPending: boolean;
  onCancel: () => void;
}) {
  const { isPending, onCancel } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button variant="secondary" isPending={isPending}>
        Cancel this run
      </Button>
      <Dialog width={480}>
        <DialogHeader>Cancel this run?</DialogHeader>
        <DialogBody>
          <Text as="p">
            The step that is under way is stopped if it can be. What has been
            made by then stays; afterwards you go on from here, or undo it.
          </Text>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            Let it run
          </Button>
          <Button
            variant="primary"
            destructive
            onPress={() => {
              setOpen(false);
              onCancel();
            }}
          >
            Cancel the run
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
