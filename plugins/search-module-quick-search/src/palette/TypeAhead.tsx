import { useEffect, type MutableRefObject } from 'react';

/**
 * In the place of the palette while its code is fetched: keeps what is typed
 * meanwhile, which is meant for its field and not for the page below.
 */
export function TypeAhead(props: {
  typed: MutableRefObject<string>;
  onClose: () => void;
}) {
  const { typed, onClose } = props;

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { altKey, ctrlKey, isComposing, key, metaKey } = event;
      if (altKey || ctrlKey || metaKey || isComposing) {
        return;
      }
      if (key === 'Escape') {
        onClose();
      } else if (key === 'Backspace') {
        typed.current = typed.current.slice(0, -1);
      } else if (key.length === 1) {
        typed.current += key;
      } else if (key !== 'Enter') {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      // The palette has it now
      typed.current = '';
    };
  }, [onClose, typed]);

  return null;
}
