import { useRouteRef } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { ButtonLink } from '@backstage/ui';
import { useLocation } from 'react-router-dom';

/** Leads to what those need who write templates, and back. */
export function AuthorsLink() {
  const root = useRouteRef(scaffolderPlugin.routes.root)?.() ?? '/create';
  const edit = useRouteRef(scaffolderPlugin.routes.edit)?.() ?? `${root}/edit`;
  const { pathname } = useLocation();
  const isHere = [
    edit,
    `${root}/actions`,
    `${root}/templating-extensions`,
  ].some(path => pathname.startsWith(path));
  return isHere ? (
    <ButtonLink size="small" variant="secondary" href={root}>
      Back to golden paths
    </ButtonLink>
  ) : (
    <ButtonLink size="small" variant="secondary" href={edit}>
      For authors
    </ButtonLink>
  );
}
