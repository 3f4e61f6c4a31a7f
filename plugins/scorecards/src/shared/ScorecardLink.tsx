import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { scorecardRouteRef } from '../routes';

/**
 * The address of a scorecard, or of a view of it.
 *
 * @returns `(view, query)`, such as `('services', { level: 'gold' })`
 */
export function useScorecardAddress(
  scorecardRef: string,
): (view?: string, query?: { [name: string]: string | undefined }) => string {
  const { namespace, name } = parseEntityRef(scorecardRef);
  const address = useRouteRef(scorecardRouteRef)?.({ namespace, name }) ?? '';
  return (view, query = {}) => {
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, value]],
      ),
    ).toString();
    return `${address}${view ? `/${view}` : ''}${search && `?${search}`}`;
  };
}

/** The way to a scorecard. */
export function ScorecardLink(props: { scorecardRef: string; title: string }) {
  const { scorecardRef, title } = props;
  const address = useScorecardAddress(scorecardRef);
  return <Link href={address()}>{title}</Link>;
}
