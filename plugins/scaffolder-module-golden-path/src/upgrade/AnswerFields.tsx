import {
  Checkbox,
  Flex,
  Select,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { UpgradeField } from '../api';
import { toSentence } from '../form/toSentence';
import { readChoices } from './readChoices';

/** Text as the schema of a field wants it; what is no answer yet is left out. */
function readText(text: string, type: JsonValue | undefined) {
  if (text.trim() === '') {
    return undefined;
  }
  if (type === 'string' || type === undefined) {
    return text;
  }
  if (type === 'integer' || type === 'number') {
    const number = Number(text);
    return Number.isNaN(number) ? text : number;
  }
  if (type === 'array') {
    return text
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The backend says what is wrong with it
    return text;
  }
}

function hintOf(type: JsonValue | undefined): string | undefined {
  if (type === 'array') {
    return 'One on each line.';
  }
  return type === 'object' ? 'As JSON.' : undefined;
}

function AnswerField(props: {
  field: UpgradeField;
  onChange: (answer: JsonValue | undefined) => void;
}) {
  const { field, onChange } = props;
  const { type } = field.schema;
  const choices = readChoices(field.schema);
  const label = field.title;
  const description = [
    field.description,
    toSentence(field.message),
    hintOf(type),
  ]
    .filter(Boolean)
    .join(' ');
  if (choices) {
    return (
      <Select
        label={label}
        description={description}
        isRequired
        onChange={key =>
          onChange(
            choices.find(({ value }) => String(value) === String(key))?.value,
          )
        }
        options={choices.map(choice => ({
          id: String(choice.value),
          label: choice.label,
        }))}
      />
    );
  }
  if (type === 'boolean') {
    return (
      <div>
        <Checkbox onChange={onChange}>{label}</Checkbox>
        <Text as="div" variant="body-small" color="secondary">
          {description}
        </Text>
      </div>
    );
  }
  const isLong = type === 'array' || type === 'object';
  const Field = isLong ? TextAreaField : TextField;
  return (
    <Field
      label={label}
      description={description}
      isRequired
      onChange={(text: string) => onChange(readText(text, type))}
    />
  );
}

/**
 * What the newest version asks, and the answers of the first day do not say.
 *
 * @internal
 */
export function AnswerFields(props: {
  fields: UpgradeField[];
  answers: JsonObject;
  onChange: (answers: JsonObject) => void;
}) {
  const { fields, answers, onChange } = props;
  return (
    <Flex direction="column" gap="4" style={{ maxWidth: '36rem' }}>
      {fields.map(field => (
        <AnswerField
          key={field.name}
          field={field}
          onChange={answer => {
            const { [field.name]: _, ...others } = answers;
            onChange(
              answer === undefined
                ? others
                : { ...others, [field.name]: answer },
            );
          }}
        />
      ))}
    </Flex>
  );
}
