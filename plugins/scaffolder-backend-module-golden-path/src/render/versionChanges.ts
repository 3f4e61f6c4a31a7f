import { z } from 'zod';

/**
 * What changed with each version, in the words of the author for the owners of
 * services, the newest first.
 *
 * @internal
 */
export const versionChangesSchema = z
  .array(
    z.strictObject({
      version: z.string().min(1).max(50),
      text: z.string().min(1).max(2000),
    }),
  )
  .max(200);

/** @public */
export type VersionChange = z.infer<typeof versionChangesSchema>[number];
