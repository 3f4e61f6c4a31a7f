import { useEffect, useRef } from 'react';

/** Whether a page was shown already: the first one leaves the focus where the browser puts it. */
let shown = false;

/**
 * The heading of a page. Names the tab, and takes the focus when the reader came
 * from another page, so that a screen reader says that something else is there.
 */
export function PageHeading({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const site = document.title.split(' · ').at(-1);
    document.title = `${children} · ${site}`;
    if (shown) {
      heading.current?.focus();
    }
    shown = true;
  }, [children]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
