import { Box, TextField } from '@backstage/ui';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { useState } from 'react';
import { FieldMessage } from './FieldMessage';
import { readAnswer } from './formAnswers';
import { describeMalformedName, NAME_HELP } from './nameRules';
import { useNameCheck, type NameCheck } from './useNameCheck';

/** @internal */
export const goldenPathNameSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      ownerField: z
        .string()
        .optional()
        .describe('Field that holds the owner; "owner" unless told otherwise'),
    }),
});

const NOTES: Record<NameCheck['state'], string | undefined> = {
  empty: undefined,
  invalid: undefined,
  checking: 'Checking whether this name is free…',
  free: 'This name is free.',
  unknown:
    'Could not check whether this name is free; it is checked again before anything is created.',
};

/**
 * A service's name, checked while it is typed.
 *
 * @internal
 */
export function GoldenPathName(props: typeof goldenPathNameSchema.TProps) {
  const { formData, idSchema, rawErrors = [], schema, uiSchema } = props;
  const id = idSchema.$id;
  const name = formData ?? '';
  const check = useNameCheck({
    name,
    owner: readAnswer(
      props.formContext,
      uiSchema['ui:options']?.ownerField ?? 'owner',
    ),
  });

  const [wasLeft, setWasLeft] = useState(false);
  let message: string | undefined;
  if (check.state === 'invalid') {
    message = check.message;
  } else if (check.state === 'empty' && wasLeft && rawErrors.length === 0) {
    message = describeMalformedName(name);
  }
  // The form shows what it found on submit itself, right beneath this field
  const isRepeated = message !== undefined && rawErrors.includes(message);

  return (
    <Box mb="3">
      <TextField
        id={id}
        name={id}
        label={schema.title ?? 'Name'}
        description={
          uiSchema['ui:description'] ?? schema.description ?? NAME_HELP
        }
        isRequired={props.required}
        isDisabled={props.disabled || props.readonly}
        isInvalid={message !== undefined || rawErrors.length > 0}
        validationBehavior="aria"
        value={name}
        onChange={value => props.onChange(value === '' ? undefined : value)}
        onBlur={() => {
          setWasLeft(true);
          props.onBlur(id, formData);
        }}
        onFocus={() => props.onFocus(id, formData)}
        aria-describedby={`${id}__problem ${id}__note ${id}__error`}
        placeholder={uiSchema['ui:placeholder']}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the template's author asks for it
        autoFocus={uiSchema['ui:autofocus']}
        autoComplete="off"
        spellCheck="false"
      />
      <FieldMessage id={`${id}__problem`} tone="error">
        {isRepeated ? undefined : message}
      </FieldMessage>
      <FieldMessage id={`${id}__note`} tone="note">
        {NOTES[check.state]}
      </FieldMessage>
    </Box>
  );
}
