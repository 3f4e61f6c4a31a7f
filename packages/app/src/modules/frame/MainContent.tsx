import { useEffect, useRef, useState, type ReactNode } from 'react';
import { PageAnnouncer } from './PageAnnouncer';
import styles from './MainContent.module.css';

/**
 * The one main landmark of every page, and where the skip link leads. Some pages
 * bring one of their own, others none: then this is it. A page within a page, such
 * as the docs of a service on its own page, brings a second: that is none.
 */
export function MainContent(props: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [hasOwn, setHasOwn] = useState(false);

  useEffect(() => {
    const root = ref.current;
    if (!root) {
      return undefined;
    }
    const look = () => {
      setHasOwn(root.querySelector('main') !== null);
      for (const inner of root.querySelectorAll('main main')) {
        inner.setAttribute('role', 'presentation');
      }
    };
    look();
    const observer = new MutationObserver(look);
    observer.observe(root, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);

  return (
    <>
      <div
        ref={ref}
        id="content"
        className={styles.content}
        role={hasOwn ? undefined : 'main'}
        tabIndex={-1}
      >
        {props.children}
      </div>
      <PageAnnouncer />
    </>
  );
}
