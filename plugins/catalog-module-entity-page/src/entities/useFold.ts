import { useState } from 'react';

/** Longer lists than this begin folded. */
const SHOWN = 8;

/**
 * The beginning of a long list, and the rest on request. A list with one or two
 * more than that is shown whole: a button would take the same room.
 */
export function useFold<T>(items: T[]): {
  shown: T[];
  isFoldable: boolean;
  isOpen: boolean;
  toggle: () => void;
} {
  const [isOpen, setIsOpen] = useState(false);
  const isFoldable = items.length > SHOWN + 2;
  return {
    shown: isFoldable && !isOpen ? items.slice(0, SHOWN) : items,
    isFoldable,
    isOpen,
    toggle: () => setIsOpen(open => !open),
  };
}
