import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';

/** How long a page may take to find its title before it is told. */
const SETTLED_MS = 700;

/**
 * Tells screen readers which page a link led to: the browser does so only when it
 * loads a document anew.
 */
export function PageAnnouncer() {
  const { pathname } = useLocation();
  const [first] = useState(pathname);
  const [title, setTitle] = useState('');

  useEffect(() => {
    if (pathname === first && !title) {
      return undefined;
    }
    const timer = setTimeout(() => setTitle(document.title), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [pathname, first, title]);

  return (
    <VisuallyHidden>
      <span role="status">{title}</span>
    </VisuallyHidden>
  );
}
