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
 * Says what happens before it asks for an upgrade.
 *
 * @internal
 */
export function ProposeButton(props: {
  branch: string;
  isPending: boolean;
  isDisabled?: boolean;
  onPropose: () => void;
}) {
  const { branch, isDisabled, isPending, onPropose } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button variant="primary" isPending={isPending} isDisabled={isDisabled}>
        Propose the upgrade
      </Button>
      <Dialog width={480}>
        <DialogHeader>Propose the upgrade?</DialogHeader>
        <DialogBody>
          <Text as="p">
            The portal pushes a branch, {branch}, and proposes it to your
            repository. Nothing is merged: your default branch stays as it is
            until you merge it, with a merge commit.
          </Text>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            Not now
          </Button>
          <Button
            variant="primary"
            onPress={() => {
              setOpen(false);
              onPropose();
            }}
          >
            Propose it
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
