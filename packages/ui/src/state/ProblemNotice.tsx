import { Alert, Button } from '@backstage/ui';
import { describeError } from './describeError';

/**
 * Says what did not work and offers to try again.
 *
 * @public
 */
export function ProblemNotice(props: {
  title: string;
  error: unknown;
  onRetry: () => void;
}) {
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={props.title}
      description={describeError(props.error)}
      customActions={
        <Button size="small" variant="secondary" onPress={props.onRetry}>
          Try again
        </Button>
      }
    />
  );
}
