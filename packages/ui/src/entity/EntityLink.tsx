import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';

/**
 * The way to an entity whose title is known, or that is named by its name: nothing
 * is asked of the catalog, so that a table of hundreds costs nothing.
 *
 * @public
 */
export function EntityLink(props: {
  entityRef: string;
  title?: string;
  /** What follows the address of its page: a tab, such as `/scorecards?rule=on-call`. */
  below?: string;
}) {
  const { entityRef, title, below = '' } = props;
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const address = useRouteRef(entityRouteRef);
  const text = title ?? name;
  return address ? (
    <Link
      href={`${address({ kind, namespace, name })}${below}`}
      title={entityRef}
    >
      {text}
    </Link>
  ) : (
    <>{text}</>
  );
}
