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
import type { CreatedThing } from '../api';

/**
 * Asks before it undoes, with everything that will be deleted named.
 *
 * @internal
 */
export function UndoButton(props: {
  created: CreatedThing[];
  onUndo: () => Promise<void>;
  isDisabled: boolean;
  isPending: boolean;
  'aria-describedby'?: string;
}) {
  const { created, onUndo } = props;
  const [isOpen, setOpen] = useState(false);

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        variant="secondary"
        isDisabled={props.isDisabled}
        isPending={props.isPending}
        aria-describedby={props['aria-describedby']}
      >
        Undo what this run created
      </Button>
      <Dialog width={480}>
        <DialogHeader>Undo what this run created?</DialogHeader>
        <DialogBody>
          <Text as="p">This will be deleted for good, with all it holds:</Text>
          <ul>
            {created.map(({ kind, url }) => (
              <li key={url} style={{ overflowWrap: 'anywhere' }}>
                <Text>
                  {kind} {url}
                </Text>
              </li>
            ))}
          </ul>
          <Text as="p">Nothing that this run did not create is touched.</Text>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            Keep it
          </Button>
          <Button
            variant="primary"
            destructive
            onPress={() => {
              setOpen(false);
              onUndo();
            }}
          >
            Delete
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
