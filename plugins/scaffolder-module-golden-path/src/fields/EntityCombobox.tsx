import { Box, Combobox } from '@backstage/ui';
import { FieldMessage } from '@waymark/ui';
import type { EntityChoice } from './catalogChoices';
import { FieldDescription } from './FieldDescription';

/**
 * A titled part of the list.
 *
 * @internal
 */
export interface ChoiceSection {
  title: string;
  choices: EntityChoice[];
}

/**
 * A searchable list of entities. What is typed only filters: nothing but an
 * entity of the list can be chosen.
 *
 * The scaffolder's own pickers neither tie help and errors to the input nor sort
 * what fits best to the top; this one does, over the same component.
 *
 * @internal
 */
export function EntityCombobox(props: {
  id: string;
  label: string;
  description: string;
  sections: ChoiceSection[];
  isLoading: boolean;
  /** Says that the list could not be read. */
  hasFailed: boolean;
  value?: string;
  onChange: (ref: string | undefined) => void;
  onBlur: () => void;
  isRequired?: boolean;
  isDisabled?: boolean;
  rawErrors?: string[];
}) {
  const { id, sections, value, isLoading, hasFailed, rawErrors = [] } = props;
  const filled = sections.filter(({ choices }) => choices.length > 0);
  const isKnown = filled.some(({ choices }) =>
    choices.some(({ ref }) => ref === value),
  );
  const isUnknown = value !== undefined && !isKnown && !isLoading && !hasFailed;

  const toOptions = (choices: EntityChoice[]) =>
    choices.map(({ ref, label, description }) => ({
      id: ref,
      label,
      description,
    }));
  let problem: string | undefined;
  if (hasFailed) {
    problem = 'The catalog did not answer. Reload the page to try again.';
  } else if (isUnknown) {
    problem = `“${value}” is not in the catalog. Choose one from the list.`;
  }

  return (
    <Box mb="3">
      <Combobox
        id={id}
        label={props.label}
        isRequired={props.isRequired}
        isDisabled={props.isDisabled}
        isInvalid={isUnknown || rawErrors.length > 0}
        validationBehavior="aria"
        placeholder={isLoading ? 'Loading…' : 'Type to search'}
        // A single section needs no title
        options={
          filled.length === 1
            ? toOptions(filled[0].choices)
            : filled.map(({ title, choices }) => ({
                title,
                options: toOptions(choices),
              }))
        }
        value={isKnown ? value : null}
        onChange={key => props.onChange(key === null ? undefined : String(key))}
        onBlur={props.onBlur}
        aria-describedby={`${id}__description ${id}__problem ${id}__error`}
      />
      <FieldDescription id={`${id}__description`}>
        {props.description}
      </FieldDescription>
      <FieldMessage id={`${id}__problem`} tone="error">
        {problem}
      </FieldMessage>
    </Box>
  );
}
