import { z } from 'zod';

/**
 * What becomes of generated files after the first day: `managed` stays as it was
 * generated, `merge` is changed by both sides, `once` belongs to the service.
 *
 * @internal
 */
export const filePoliciesSchema = z
  .array(
    z.strictObject({
      /** `*` stands for anything within a folder, `**` for folders, too. */
      path: z.string().min(1).max(200),
      policy: z.enum(['managed', 'merge', 'once']),
    }),
  )
  .max(100);

/** @internal */
export type FilePolicyRule = z.infer<typeof filePoliciesSchema>[number];
