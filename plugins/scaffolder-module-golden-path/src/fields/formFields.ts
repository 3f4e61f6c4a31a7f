import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { GoldenPathLines, goldenPathLinesSchema } from './GoldenPathLines';
import { GoldenPathName, goldenPathNameSchema } from './GoldenPathName';
import { GoldenPathOwner, goldenPathOwnerSchema } from './GoldenPathOwner';
import { GoldenPathParts, goldenPathPartsSchema } from './GoldenPathParts';
import { GoldenPathSystem, goldenPathSystemSchema } from './GoldenPathSystem';
import { validateName } from './validateName';
import { validateOwner } from './validateOwner';
import { validateParts } from './validateParts';

/** `ui:field: GoldenPathLines` @internal */
export const linesField = createFormField({
  name: 'GoldenPathLines',
  component: GoldenPathLines,
  schema: goldenPathLinesSchema,
});

/** `ui:field: GoldenPathName` @internal */
export const nameField = createFormField({
  name: 'GoldenPathName',
  component: GoldenPathName,
  validation: validateName,
  schema: goldenPathNameSchema,
});

/** `ui:field: GoldenPathOwner` @internal */
export const ownerField = createFormField({
  name: 'GoldenPathOwner',
  component: GoldenPathOwner,
  validation: validateOwner,
  schema: goldenPathOwnerSchema,
});

/** `ui:field: GoldenPathParts` @internal */
export const partsField = createFormField({
  name: 'GoldenPathParts',
  component: GoldenPathParts,
  validation: validateParts,
  schema: goldenPathPartsSchema,
});

/** `ui:field: GoldenPathSystem` @internal */
export const systemField = createFormField({
  name: 'GoldenPathSystem',
  component: GoldenPathSystem,
  schema: goldenPathSystemSchema,
});
