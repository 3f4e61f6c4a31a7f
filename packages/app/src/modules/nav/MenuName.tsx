import { useEffect, useRef } from 'react';

/**
 * Within the menu of a narrow screen: names it for screen readers, and the button
 * that closes it, which has nothing but a picture.
 */
export function MenuName(props: { name: string }) {
  const { name } = props;
  const ref = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const menu = ref.current?.closest('.MuiDrawer-paper');
    menu?.setAttribute('role', 'dialog');
    menu?.setAttribute('aria-label', name);
    menu
      ?.querySelector('button.MuiIconButton-root:not([aria-label])')
      ?.setAttribute('aria-label', 'Close the menu');
  }, [name]);

  return <span ref={ref} hidden />;
}
