import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { rootRouteRef } from '../routes';

/** The way to the editor with a scorecard in it. */
export function TryLink(props: { scorecardRef: string }) {
  const { namespace, name } = parseEntityRef(props.scorecardRef);
  const root = useRouteRef(rootRouteRef)?.();
  return root === undefined ? null : (
    <Link href={`${root}/try?scorecard=${namespace}/${name}`}>
      Try a change
    </Link>
  );
}
