import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { goldenPathApiRef } from '../api';
import { readAnswer } from './formAnswers';
import { describeMalformedName } from './nameRules';

/**
 * Refuses a name that is malformed or known to be taken.
 *
 * A backend that does not answer refuses nothing: the run's first step asks
 * again.
 *
 * @internal
 */
export const validateName: CustomFieldValidator<
  string,
  { ownerField?: string }
> = async (name, validation, { apiHolder, formData, uiSchema }) => {
  const malformed = describeMalformedName(name ?? '');
  if (malformed) {
    validation.addError(malformed);
    return;
  }
  const owner = readAnswer(
    { formData },
    uiSchema?.['ui:options']?.ownerField ?? 'owner',
  );
  const errors = await apiHolder
    .get(goldenPathApiRef)
    ?.check({ name, owner })
    .then(
      result => result.errors,
      () => [],
    );
  for (const { field, message } of errors ?? []) {
    if (field === 'name') {
      validation.addError(message);
    }
  }
};
