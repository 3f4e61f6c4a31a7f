import type { ReactNode } from 'react';
import { matchPath, useLocation, useResolvedPath } from 'react-router-dom';

/** Another page below some paths of a page. */
export function PageForAuthors(props: {
  paths: string[];
  page: ReactNode;
  children: ReactNode;
}) {
  const { paths, page, children } = props;
  const { pathname } = useLocation();
  const base = useResolvedPath('.').pathname.replace(/\/$/, '');
  const isBelow = paths.some(path => matchPath(`${base}/${path}/*`, pathname));
  return <>{isBelow ? page : children}</>;
}
