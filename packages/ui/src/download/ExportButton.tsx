import { Alert, Button, Flex, Text, VisuallyHidden } from '@backstage/ui';
import { RiDownload2Line } from '@remixicon/react';
import { useEffect, useRef, useState } from 'react';
import { describeError } from '../state/describeError';
import { saveFile } from './saveFile';

type State =
  | { step: 'idle' }
  | { step: 'running' }
  | { step: 'done'; fileName: string }
  | { step: 'failed'; error: unknown };

/** Saves what is chosen, all pages of it, as CSV. @public */
export function ExportButton(props: {
  load: (signal: AbortSignal) => Promise<File>;
}) {
  const [state, setState] = useState<State>({ step: 'idle' });
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const abort = new AbortController();
    running.current = abort;
    setState({ step: 'running' });
    try {
      const file = await props.load(abort.signal);
      saveFile(file);
      setState({ step: 'done', fileName: file.name });
    } catch (error) {
      setState(
        abort.signal.aborted ? { step: 'idle' } : { step: 'failed', error },
      );
    }
  };

  return (
    <Flex direction="column" gap="2" align="end">
      <Flex align="center" gap="2">
        {state.step === 'running' && (
          <Button
            variant="tertiary"
            size="small"
            onPress={() => running.current?.abort()}
          >
            Cancel export
          </Button>
        )}
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiDownload2Line />}
          isPending={state.step === 'running'}
          onPress={start}
        >
          Export CSV
        </Button>
      </Flex>
      <div role="status">
        {state.step === 'running' && <VisuallyHidden>Exporting</VisuallyHidden>}
        {state.step === 'done' && (
          <Text variant="body-small" color="secondary">
            Saved as {state.fileName}
          </Text>
        )}
      </div>
      {state.step === 'failed' && (
        <Alert
          role="alert"
          status="danger"
          icon
          title="The export did not work"
          description={describeError(state.error)}
          customActions={
            <Button size="small" variant="secondary" onPress={start}>
              Try again
            </Button>
          }
        />
      )}
    </Flex>
  );
}
