import { ButtonLink } from '@backstage/ui';
import { EmptyState } from '@waymark/ui';
import type { Changes } from './arrangement';
import styles from './HomeLayout.module.css';
import { SlotFrame } from './SlotFrame';
import { findFullWidth, type Slot } from './toSlots';

/** The widgets, in the order that the reader gave them. */
export function SlotGrid(props: {
  slots: Slot[];
  changes: Changes;
  onClose: (name: string) => void;
}) {
  const { slots, changes, onClose } = props;
  if (slots.length === 0) {
    return (
      <EmptyState
        title="There is nothing on your page"
        headingLevel="h2"
        action={<ButtonLink href="/?arrange">Arrange this page</ButtonLink>}
      >
        You have taken everything off it. Put back what you want to see.
      </EmptyState>
    );
  }
  const fullWidth = findFullWidth(slots);
  return (
    <div className={styles.grid}>
      {slots.map(slot => (
        <SlotFrame
          key={slot.name}
          slot={slot}
          isFullWidth={fullWidth.has(slot.name)}
          isReopened={changes.closed[slot.name] === false}
          isArranged={changes.order !== undefined}
          onClose={onClose}
        />
      ))}
    </div>
  );
}
