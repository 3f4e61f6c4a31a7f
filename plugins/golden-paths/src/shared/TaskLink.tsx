import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { taskRouteRef } from '../routes';

/** The way to a run of the scaffolder, where there are pages of them. */
export function TaskLink(props: { taskId: string; children: string }) {
  const address = useRouteRef(taskRouteRef);
  return address ? (
    <Link href={address({ taskId: props.taskId })}>{props.children}</Link>
  ) : (
    <>{props.children}</>
  );
}
