import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { readLeftOut, readParts, type LeftOut } from '../parts/Part';
import { describeMalformedReason } from '../parts/reasonRules';

/**
 * Refuses a part that is left out without a reason, by its name.
 *
 * @internal
 */
export const validateParts: CustomFieldValidator<LeftOut[]> = async (
  answer,
  validation,
  { schema },
) => {
  const parts = readParts(schema);
  for (const { part, reason } of readLeftOut(answer)) {
    const problem = describeMalformedReason(reason);
    if (problem) {
      const title = parts.find(({ name }) => name === part)?.title ?? part;
      validation.addError(`${title}: ${problem}`);
    }
  }
};
