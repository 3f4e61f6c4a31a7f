import { ResponseError } from '@backstage/errors';
import { Alert, Button } from '@backstage/ui';
import { describeError } from '@waymark/ui';

const STATUS_WORDS: { [status: number]: { title: string; text?: string } } = {
  403: { title: 'Previews are not open to you' },
  413: {
    title: 'The text is too large',
    text: 'A scorecard has at most 256 KB. Leave out what is not about rules.',
  },
  429: { title: 'One preview at a time' },
  502: { title: 'No answer came in time' },
  503: { title: 'There is no preview just now' },
  504: {
    title: 'No answer came in time',
    text: 'Narrow appliesTo, or take out slow rules, and try again.',
  },
};

/** Why there is no preview, when it is not for a mistake in the scorecard. */
export function PreviewProblem(props: { error: unknown; onRetry: () => void }) {
  const { error, onRetry } = props;
  const status = error instanceof ResponseError ? error.statusCode : 0;
  const words = STATUS_WORDS[status] ?? { title: 'The preview did not work' };
  return (
    <Alert
      role="alert"
      status={status === 429 || status === 503 ? 'warning' : 'danger'}
      icon
      title={words.title}
      description={words.text ?? describeError(error)}
      customActions={
        status === 403 ? undefined : (
          <Button size="small" variant="secondary" onPress={onRetry}>
            Try again
          </Button>
        )
      }
    />
  );
}
