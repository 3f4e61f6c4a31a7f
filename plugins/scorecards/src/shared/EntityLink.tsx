import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';

/**
 * The way to an entity whose title is known, or that is named by its name: nothing
 * is asked of the catalog, so that a table of hundreds costs nothing.
 */
export function EntityLink(props: {
  entityRef: string;
  title?: string;
  /** Below its page, such as `/scorecards`. */
  tab?: string;
}) {
  const { entityRef, title, tab = '' } = props;
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const address = useRouteRef(entityRouteRef);
  const text = title ?? name;
  return address ? (
    <Link
      href={`${address({ kind, namespace, name })}${tab}`}
      title={entityRef}
    >
      {text}
    </Link>
  ) : (
    <>{text}</>
  );
}
