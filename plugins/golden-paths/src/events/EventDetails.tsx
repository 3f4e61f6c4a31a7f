import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
} from '@backstage/ui';
import type { DeliveryEvent } from '@waymark/plugin-golden-paths-common';
import { CodeBlock, Moment } from '@waymark/ui';
import { describeType } from './describeEvent';

/** An event as it came. */
export function EventDetails(props: {
  event?: DeliveryEvent;
  onClose: () => void;
}) {
  const { event, onClose } = props;
  return (
    <Dialog
      width={720}
      isOpen={event !== undefined}
      onOpenChange={isOpen => !isOpen && onClose()}
    >
      {event && (
        <>
          <DialogHeader>{describeType(event.type)}</DialogHeader>
          <DialogBody>
            <Text as="p">
              Accepted <Moment at={event.receivedAt} inline /> from{' '}
              {event.receivedFrom}.
            </Text>
            <CodeBlock label="The event as it came" copyLabel="Copy the event">
              {JSON.stringify(event.data, undefined, 2)}
            </CodeBlock>
          </DialogBody>
          <DialogFooter>
            <Button variant="primary" onPress={onClose}>
              Close
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
