import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { tabQuery } from './tabQuery';

/**
 * The way to an entity whose title is known, or that is named by its name: nothing
 * is asked of the catalog, so that a table of hundreds costs nothing.
 */
export function EntityLink(props: {
  entityRef: string;
  title?: string;
  /** Opens its tab of scorecards, at this one and at one of its rules. */
  at?: { scorecardRef: string; ruleId?: string };
}) {
  const { entityRef, title, at } = props;
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const address = useRouteRef(entityRouteRef);
  const text = title ?? name;
  return address ? (
    <Link
      href={`${address({ kind, namespace, name })}${
        at ? `/scorecards${tabQuery(at)}` : ''
      }`}
      title={entityRef}
    >
      {text}
    </Link>
  ) : (
    <>{text}</>
  );
}
