import type { FormProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Box, Button } from '@backstage/ui';
import { useEffect, useRef, type ComponentProps } from 'react';
import { controlOf } from './catchFocus';
import styles from './WrongFields.module.css';

/** What the form hands to the template of its list of errors. */
type ErrorListProps = ComponentProps<
  NonNullable<NonNullable<FormProps['uiSchema']>['ui:ErrorListTemplate']>
>;

type FormError = ErrorListProps['errors'][number];

/** What was refused last; outlives the list, which comes and goes. */
export interface Refusal {
  attempt: number;
  /** The refused answers by field, as JSON. */
  answers: Map<string, string | undefined>;
}

interface Context {
  formData?: Record<string, unknown>;
  /** How often the form was sent. */
  attempt: number;
  refusal: Refusal;
}

/** The outermost field that an error is about, or nothing for the form as a whole. */
function fieldOf({ property = '' }: FormError): string | undefined {
  const [, quoted, plain] = /^\.?(?:\['(.*?)'\]|([^.[]+))/.exec(property) ?? [];
  return quoted ?? plain;
}

/** The fields in the order in which they stand in the form. */
function focusFirst(ids: string[]) {
  const [first] = ids
    .flatMap(id => controlOf(id) ?? [])
    .sort((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1,
    );
  first?.focus();
}

/**
 * Above a form that was refused: how many fields need a look, with a way to each. What
 * is wrong stands below the field. The form keeps its errors until it is sent again;
 * here a field is no longer named once its answer is another one.
 *
 * @internal
 */
export function WrongFields(props: ErrorListProps) {
  const { errors, formContext, schema, uiSchema } = props;
  const { formData: answers = {}, attempt, refusal } = formContext as Context;

  const answerTo = (field: string) => JSON.stringify(answers[field]);
  const isThere = useRef(false);
  const isNewAttempt = refusal.attempt !== attempt;
  // Errors with a name are those of the schema, found anew with each attempt; after an
  // answer the list of them may come anew as well. The others are found later, and the
  // list always comes anew with them
  const isNew = ({ name }: FormError) =>
    name ? isNewAttempt : !isThere.current;
  for (const error of errors) {
    const field = fieldOf(error);
    if (field !== undefined && (!refusal.answers.has(field) || isNew(error))) {
      refusal.answers.set(field, answerTo(field));
    }
  }
  const isRefusal = errors.some(isNew);

  const fields = new Set<string>();
  const others = new Set<string>();
  for (const error of errors) {
    const field = fieldOf(error);
    if (field === undefined) {
      others.add(error.message ?? error.stack);
    } else if (refusal.answers.get(field) === answerTo(field)) {
      fields.add(field);
    }
  }

  const idOf = (field: string) =>
    `${uiSchema?.['ui:rootFieldId'] ?? 'root'}_${field}`;
  const titleOf = (field: string) => {
    const own = schema.properties?.[field];
    return (typeof own === 'object' && own.title) || field;
  };

  useEffect(() => {
    refusal.attempt = attempt;
    isThere.current = true;
    if (isRefusal) {
      focusFirst([...fields].map(idOf));
    }
    // Once for each attempt, with the fields that it found
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [attempt]);

  if (fields.size === 0 && others.size === 0) {
    return null;
  }
  return (
    <Box mb="4" role="alert">
      <Alert
        status="danger"
        icon
        title={
          fields.size > 0
            ? `${fields.size} ${
                fields.size === 1 ? 'field needs' : 'fields need'
              } a look before you go on.`
            : 'These answers do not go together.'
        }
        description={
          <>
            {[...others].map(message => (
              <div key={message}>{message}</div>
            ))}
            <div className={styles.fields}>
              {[...fields].map(field => (
                <Button
                  key={field}
                  variant="tertiary"
                  size="small"
                  onPress={() => controlOf(idOf(field))?.focus()}
                >
                  {titleOf(field)}
                </Button>
              ))}
            </div>
          </>
        }
      />
    </Box>
  );
}
