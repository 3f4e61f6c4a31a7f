import { Button } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';

/** Shows the rest of a long list, and hides it again. */
export function FoldButton(props: {
  isOpen: boolean;
  total: number;
  onPress: () => void;
}) {
  const { isOpen, total, onPress } = props;
  return (
    <div>
      <Button
        size="small"
        variant="tertiary"
        aria-expanded={isOpen}
        iconEnd={isOpen ? <RiArrowUpSLine /> : <RiArrowDownSLine />}
        onPress={onPress}
      >
        {isOpen ? 'Show fewer' : `Show all ${total}`}
      </Button>
    </div>
  );
}
