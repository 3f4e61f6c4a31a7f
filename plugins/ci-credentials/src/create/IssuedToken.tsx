import {
  Alert,
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import type { CreatedCiCredential } from '@waymark/plugin-ci-credentials-common';
import { CodeBlock, describeDay } from '@waymark/ui';
import { createCurl } from './snippets';
import { useExampleCall } from './useExampleCall';

/** Under this name the ready-made call expects the token. */
const VARIABLE = 'WAYMARK_TOKEN';

/**
 * Shows a new credential's token, which nothing else ever will.
 *
 * The token lives in the state of the dialog alone: not in the address, not in
 * the browser's storage, not in a field whose entries a browser remembers.
 *
 * @internal
 */
export function IssuedToken(props: {
  created: CreatedCiCredential;
  onDone: () => void;
}) {
  const { credential, token } = props.created;
  const call = useExampleCall();

  return (
    <>
      <DialogHeader>The token of {credential.source}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Alert
            role="status"
            status="warning"
            icon
            title="You will not see this token again"
            description="Copy it now into the secrets of your pipeline. The portal keeps no copy: whoever loses it makes another credential."
          />
          <CodeBlock label="Token" copyLabel="Copy token">
            {token}
          </CodeBlock>
          <Text>
            It is valid until {describeDay(new Date(credential.expiresAt))}.
            With the secret {VARIABLE} in its environment a pipeline calls the
            portal like this:
          </Text>
          {call && (
            <CodeBlock label="Example" copyLabel="Copy example">
              {createCurl(call, VARIABLE)}
            </CodeBlock>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onPress={props.onDone}>
          I have stored the token
        </Button>
      </DialogFooter>
    </>
  );
}
