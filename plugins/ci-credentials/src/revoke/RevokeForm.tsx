import { useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextField,
} from '@backstage/ui';
import type { CiCredential } from '@waymark/plugin-ci-credentials-common';
import { describeError, FieldMessage } from '@waymark/ui';
import { useId, useState } from 'react';
import { ciCredentialsApiRef } from '../api';

/**
 * Says what a revocation ends, asks for a reason, and revokes.
 *
 * @internal
 */
export function RevokeForm(props: {
  credential: CiCredential;
  onRevoked: (credential: CiCredential) => void;
}) {
  const { credential, onRevoked } = props;
  const client = useApi(ciCredentialsApiRef);
  const id = useId();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const revoke = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      onRevoked(
        await client.revoke({
          id: credential.id,
          reason: reason.trim() || undefined,
        }),
      );
    } catch (error) {
      setProblem(`It is not revoked: ${describeError(error)}`);
      setBusy(false);
    }
  };

  return (
    <>
      <DialogHeader>Revoke this credential?</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text style={{ overflowWrap: 'anywhere' }}>
            From this moment on, whatever “{credential.source}” sends with the
            token that begins with <code>{credential.hint}</code> is refused. It
            can no longer speak for{' '}
            <EntityRefLinks
              entityRefs={credential.entityRefs}
              defaultKind="component"
            />
            .
          </Text>
          <Text>
            What it sent before stays. This cannot be undone; a new credential
            can be made at any time.
          </Text>
          <TextField
            label="Reason"
            secondaryLabel="Optional"
            description="Shown to those who look at the credential later."
            value={reason}
            onChange={setReason}
            maxLength={500}
          />
          <FieldMessage id={`${id}__problem`}>{problem}</FieldMessage>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Keep it
        </Button>
        <Button
          variant="primary"
          destructive
          isPending={isBusy}
          onPress={revoke}
        >
          Revoke
        </Button>
      </DialogFooter>
    </>
  );
}
