import { ResponseError } from '@backstage/errors';
import { Alert, Button } from '@backstage/ui';
import { describeError } from './describeError';

/**
 * Says what did not work and offers to try again, unless it is a matter of what the
 * reader may do: that answer stays the same.
 *
 * @public
 */
export function ProblemNotice(props: {
  title: string;
  error: unknown;
  onRetry: () => void;
}) {
  const { error } = props;
  const isRefused = error instanceof ResponseError && error.statusCode === 403;
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={props.title}
      description={describeError(error)}
      customActions={
        isRefused ? undefined : (
          <Button size="small" variant="secondary" onPress={props.onRetry}>
            Try again
          </Button>
        )
      }
    />
  );
}
