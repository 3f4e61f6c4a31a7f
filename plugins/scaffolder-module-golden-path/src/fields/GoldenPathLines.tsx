import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { Box, TextAreaField } from '@backstage/ui';
import { FieldMessage } from '@waymark/ui';
import { useState } from 'react';
import { FieldDescription } from './FieldDescription';

/** @internal */
export const goldenPathLinesSchema = makeFieldSchema({
  output: z => z.array(z.string()),
});

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

/**
 * A list of texts, one in each line: read, pasted and put right at once.
 *
 * @internal
 */
export function GoldenPathLines(props: typeof goldenPathLinesSchema.TProps) {
  const { errorSchema, formData = [], idSchema, rawErrors = [] } = props;
  const { schema, uiSchema } = props;
  const id = idSchema.$id;
  const [text, setText] = useState(formData.join('\n'));
  // Blank lines are the reader's own; another list came from elsewhere
  const shown =
    linesOf(text).join('\n') === formData.join('\n')
      ? text
      : formData.join('\n');
  const problems = formData.flatMap((line, index) =>
    (errorSchema?.[index]?.__errors ?? []).map(error => `${line}: ${error}`),
  );

  return (
    <Box mb="3">
      <TextAreaField
        id={id}
        label={schema.title}
        isRequired={props.required}
        isDisabled={props.disabled || props.readonly}
        isInvalid={rawErrors.length > 0 || problems.length > 0}
        validationBehavior="aria"
        rows={Math.min(Math.max(formData.length + 1, 3), 12)}
        value={shown}
        onChange={next => {
          setText(next);
          const lines = linesOf(next);
          props.onChange(lines.length > 0 ? lines : undefined);
        }}
        onBlur={() => props.onBlur(id, formData)}
        placeholder={uiSchema['ui:placeholder']}
        spellCheck="false"
        aria-describedby={`${id}__description ${id}__problem ${id}__error`}
      />
      <FieldDescription id={`${id}__description`}>
        {uiSchema['ui:description'] ?? schema.description}
      </FieldDescription>
      <FieldMessage id={`${id}__problem`} tone="error">
        {problems.length > 0 ? problems.join('. ') : undefined}
      </FieldMessage>
    </Box>
  );
}
