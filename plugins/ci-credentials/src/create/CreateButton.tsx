import { Button, Dialog, DialogTrigger } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import type {
  CiCredentialSettings,
  CreatedCiCredential,
} from '@waymark/plugin-ci-credentials-common';
import { useState } from 'react';
import { CreateForm } from './CreateForm';
import { IssuedToken } from './IssuedToken';

/**
 * Opens the form for a new credential, then shows its token.
 *
 * @internal
 */
export function CreateButton(props: {
  settings: CiCredentialSettings;
  entityRef?: string;
  onCreated: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [created, setCreated] = useState<CreatedCiCredential>();

  const changeOpen = (open: boolean) => {
    setOpen(open);
    // The token goes with the dialog
    setCreated(undefined);
  };

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={changeOpen}>
      <Button variant="primary" iconStart={<RiAddLine />}>
        Create credential
      </Button>
      <Dialog
        width={640}
        // A click beside it must not lose a token that was not copied yet
        isDismissable={!created}
        isKeyboardDismissDisabled={created !== undefined}
      >
        {created ? (
          <IssuedToken created={created} onDone={() => changeOpen(false)} />
        ) : (
          <CreateForm
            settings={props.settings}
            entityRef={props.entityRef}
            onCreated={result => {
              setCreated(result);
              props.onCreated();
            }}
          />
        )}
      </Dialog>
    </DialogTrigger>
  );
}
