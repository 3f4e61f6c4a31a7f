import { Button, Dialog, DialogTrigger } from '@backstage/ui';
import type { CiCredential } from '@waymark/plugin-ci-credentials-common';
import { useState } from 'react';
import { RevokeForm } from './RevokeForm';

/**
 * Asks before it revokes.
 *
 * @internal
 */
export function RevokeButton(props: {
  credential: CiCredential;
  onRevoked: (credential: CiCredential) => void;
}) {
  const { credential, onRevoked } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        size="small"
        variant="secondary"
        aria-label={`Revoke ${credential.source}`}
      >
        Revoke
      </Button>
      <Dialog width={480}>
        <RevokeForm
          credential={credential}
          onRevoked={revoked => {
            setOpen(false);
            onRevoked(revoked);
          }}
        />
      </Dialog>
    </DialogTrigger>
  );
}
