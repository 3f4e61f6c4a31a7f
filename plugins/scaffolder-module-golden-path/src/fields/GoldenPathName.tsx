import { Box, TextField } from '@backstage/ui';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { FieldMessage } from '@waymark/ui';
import { useRef, useState } from 'react';
import { toSentence } from '../form/toSentence';
import { FieldDescription } from './FieldDescription';
import { readAnswer } from './formAnswers';
import { describeMalformedName, NAME_HELP } from './nameRules';
import { ProblemText } from './ProblemText';
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
 * With `ui:hideError: true` in the template, the field alone shows what is wrong
 * with it, and takes it back as soon as it no longer applies.
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
  // What the form found on submit stays until the next one; for a name that has
  // changed since, it is no longer true
  const found = rawErrors.join(' ');
  const foundFor = useRef({ found: '', name });
  if (foundFor.current.found !== found) {
    foundFor.current = { found, name };
  }
  const isFoundTrue = found !== '' && foundFor.current.name === name;
  if (isFoundTrue && props.hideError) {
    message ??= found;
  }
  // Unless it leaves them to the field, the form itself shows them right below
  const isRepeated =
    !props.hideError && message !== undefined && rawErrors.includes(message);

  return (
    <Box mb="3">
      <TextField
        id={id}
        name={id}
        label={schema.title ?? 'Name'}
        isRequired={props.required}
        isDisabled={props.disabled || props.readonly}
        isInvalid={message !== undefined || isFoundTrue}
        validationBehavior="aria"
        value={name}
        onChange={value => props.onChange(value === '' ? undefined : value)}
        onBlur={() => {
          setWasLeft(true);
          props.onBlur(id, formData);
        }}
        onFocus={() => props.onFocus(id, formData)}
        aria-describedby={`${id}__description ${id}__problem ${id}__note ${id}__error`}
        placeholder={uiSchema['ui:placeholder']}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the template's author asks for it
        autoFocus={uiSchema['ui:autofocus']}
        autoComplete="off"
        spellCheck="false"
      />
      <FieldDescription id={`${id}__description`}>
        {uiSchema['ui:description'] ?? schema.description ?? NAME_HELP}
      </FieldDescription>
      <FieldMessage id={`${id}__problem`} tone="error">
        {isRepeated || message === undefined ? undefined : (
          <ProblemText>{toSentence(message)}</ProblemText>
        )}
      </FieldMessage>
      <FieldMessage id={`${id}__note`} tone="note">
        {isFoundTrue ? undefined : NOTES[check.state]}
      </FieldMessage>
    </Box>
  );
}
