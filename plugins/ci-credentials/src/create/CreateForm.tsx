import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  TextField,
} from '@backstage/ui';
import type {
  CiCredentialSettings,
  CreatedCiCredential,
} from '@waymark/plugin-ci-credentials-common';
import { FieldMessage } from '@waymark/ui';
import {
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type FormEvent,
} from 'react';
import { ciCredentialsApiRef } from '../api';
import { ChosenEntities } from './ChosenEntities';
import { ComponentSearch } from './ComponentSearch';
import { listPresets, toMoment, type Expiry } from './expiry';
import { ExpiryField } from './ExpiryField';
import { readFieldErrors, type FieldErrors } from './readFieldErrors';

/**
 * Asks what a new credential is for and makes it.
 *
 * @internal
 */
export function CreateForm(props: {
  settings: CiCredentialSettings;
  /** The entity on whose page this is. */
  entityRef?: string;
  onCreated: (created: CreatedCiCredential) => void;
}) {
  const { settings, onCreated } = props;
  const client = useApi(ciCredentialsApiRef);
  const id = useId();
  const [source, setSource] = useState('');
  const [entityRefs, setEntityRefs] = useState(
    props.entityRef ? [props.entityRef] : [],
  );
  const [description, setDescription] = useState('');
  const [expiry, setExpiry] = useState<Expiry>({
    kind: 'days',
    days: settings.defaultLifetimeDays,
  });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [isBusy, setBusy] = useState(false);
  const addEntity = useCallback(
    (ref: string) => setEntityRefs(before => [...before, ref]),
    [],
  );
  const form = useRef<HTMLFormElement>(null);

  // Whoever does not see the red text is taken to the first field it is about
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = toMoment(expiry, new Date());
    const missing: FieldErrors = {
      ...(!source.trim() && {
        source: 'Say which pipeline this is for.',
      }),
      ...(entityRefs.length === 0 && {
        entityRefs: 'Choose at least one component.',
      }),
      ...(!expiresAt && { expiresAt: 'Choose a day.' }),
    };
    setErrors(missing);
    if (Object.keys(missing).length > 0) {
      return;
    }
    setBusy(true);
    try {
      onCreated(
        await client.create({
          source: source.trim(),
          entityRefs,
          description: description.trim() || undefined,
          expiresAt: expiresAt?.toISOString(),
        }),
      );
    } catch (error) {
      setErrors(readFieldErrors(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    // The dialog's parts lie beside each other: without a box of its own the
    // form leaves their layout alone
    <form
      ref={form}
      onSubmit={submit}
      noValidate
      style={{ display: 'contents' }}
    >
      <DialogHeader>New CI credential</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <div>
            <TextField
              label="Source"
              description="The pipeline that will use it: an address or a name. What it sends has to name the same source."
              value={source}
              onChange={setSource}
              maxLength={200}
              isRequired
              // eslint-disable-next-line jsx-a11y/no-autofocus -- The dialog was opened to fill this in
              autoFocus
              validationBehavior="aria"
              isInvalid={errors.source !== undefined}
              aria-describedby={`${id}__source`}
              autoComplete="off"
            />
            <FieldMessage id={`${id}__source`}>{errors.source}</FieldMessage>
          </div>
          <Flex direction="column" gap="2">
            <ComponentSearch
              id={`${id}__entities`}
              label="Components"
              description="The pipeline may speak for these and for nothing else."
              chosen={entityRefs}
              onChoose={addEntity}
              error={errors.entityRefs}
            />
            <ChosenEntities entityRefs={entityRefs} onChange={setEntityRefs} />
          </Flex>
          <div>
            <TextField
              label="Description"
              secondaryLabel="Optional"
              value={description}
              onChange={setDescription}
              maxLength={500}
              validationBehavior="aria"
              isInvalid={errors.description !== undefined}
              aria-describedby={`${id}__description`}
            />
            <FieldMessage id={`${id}__description`}>
              {errors.description}
            </FieldMessage>
          </div>
          <ExpiryField
            id={`${id}__expiry`}
            presets={listPresets(settings)}
            maxLifetimeDays={settings.maxLifetimeDays}
            value={expiry}
            onChange={setExpiry}
            error={errors.expiresAt}
          />
          <FieldMessage id={`${id}__form`}>{errors.form}</FieldMessage>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button type="submit" variant="primary" isPending={isBusy}>
          Create credential
        </Button>
      </DialogFooter>
    </form>
  );
}
