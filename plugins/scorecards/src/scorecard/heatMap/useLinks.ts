import { useCallback, type MouseEvent } from 'react';
import { useHref, useNavigate } from 'react-router-dom';

/**
 * Makes links of thousands of plain anchors: a component of the router for each
 * would take seconds to draw.
 *
 * @param address - that all of them begin with
 * @returns `href`: that address for anchors; `onClick`: for the element around them
 */
export function useLinks(address: string) {
  const navigate = useNavigate();
  const href = useHref(address);
  const root = useHref('/').replace(/\/$/, '');
  const onClick = useCallback(
    (event: MouseEvent) => {
      const link =
        event.target instanceof Element ? event.target.closest('a') : null;
      const isPlain =
        event.button === 0 &&
        !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
      if (link && isPlain && !event.defaultPrevented) {
        event.preventDefault();
        navigate(`${link.pathname.slice(root.length)}${link.search}`);
      }
    },
    [navigate, root],
  );
  return { href, onClick };
}

/** A link with more in its query. */
export function narrow(
  href: string,
  values: { [name: string]: string },
): string {
  const [path, query] = href.split('?');
  const search = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) {
    search.set(name, value);
  }
  return `${path}?${search}`;
}
