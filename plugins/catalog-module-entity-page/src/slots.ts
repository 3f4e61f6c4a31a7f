import {
  coreExtensionData,
  createExtensionInput,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

/**
 * The place across both columns. Cards get there with `attachTo`, in their
 * blueprint or in the configuration of an app.
 */
export const topSlot = createExtensionInput([
  coreExtensionData.reactElement,
  EntityCardBlueprint.dataRefs.filterFunction.optional(),
  EntityCardBlueprint.dataRefs.filterExpression.optional(),
  EntityCardBlueprint.dataRefs.type.optional(),
]);
