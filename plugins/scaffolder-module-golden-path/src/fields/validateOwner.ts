import { parseEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';

/**
 * Refuses an owner that is no group of the catalog, however it got into the
 * form (a link can fill in a form as well).
 *
 * @internal
 */
export const validateOwner: CustomFieldValidator<string> = async (
  owner,
  validation,
  { apiHolder },
) => {
  const message = `“${owner}” is not a group of the catalog. Choose one from the list.`;
  let isGroupRef = false;
  try {
    isGroupRef = parseEntityRef(owner).kind.toLowerCase() === 'group';
  } catch {
    // Not even an entity reference
  }
  if (!isGroupRef) {
    validation.addError(message);
    return;
  }
  // A catalog that does not answer refuses nothing: the run's first step asks again
  const found = await apiHolder
    .get(catalogApiRef)
    ?.getEntityByRef(owner)
    .then(
      entity => entity !== undefined,
      () => true,
    );
  if (found === false) {
    validation.addError(message);
  }
};
