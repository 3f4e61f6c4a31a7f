import { z } from 'zod';

/** What every database keeps as it is; people may have typed anything. */
const KEEPABLE = /^[^\p{Cc}\p{Cs}]*$/u;

const name = z.string().max(255).regex(KEEPABLE);

/**
 * A task of the scaffolder, as far as it is read: whatever is of another shape is
 * left out, rather than the task.
 *
 * @internal
 */
export const taskSchema = z.object({
  id: z.string().min(1).max(64),
  status: z.string(),
  createdAt: z.string(),
  lastHeartbeatAt: z.string().optional().catch(undefined),
  createdBy: z.string().max(400).optional().catch(undefined),
  spec: z
    .object({
      steps: z
        .array(
          z.object({
            id: name,
            name: name.catch(''),
            action: name.optional().catch(undefined),
          }),
        )
        .catch([]),
      parameters: z
        .object({
          name: name.optional().catch(undefined),
          owner: name.optional().catch(undefined),
          component: name.optional().catch(undefined),
          leftOut: z
            .array(z.object({ part: name }))
            .max(100)
            .optional()
            .catch(undefined),
        })
        .catch({}),
      templateInfo: z
        .object({ entityRef: z.string().max(400) })
        .optional()
        .catch(undefined),
    })
    .catch({ steps: [], parameters: {} }),
});

/** @internal */
export type Task = z.infer<typeof taskSchema>;

const address = z
  .string()
  .max(2048)
  .regex(KEEPABLE)
  .refine(text => /^https?:\/\//.test(text) && URL.canParse(text));

/** @internal */
export const outputSchema = z
  .object({
    entityRef: name.optional().catch(undefined),
    repositoryUrl: address.optional().catch(undefined),
    remoteUrl: address.optional().catch(undefined),
    changeUrl: address.optional().catch(undefined),
    version: z.string().max(100).regex(KEEPABLE).optional().catch(undefined),
    links: z
      .array(
        z
          .object({
            title: name.optional().catch(undefined),
            url: address.optional().catch(undefined),
            entityRef: name.optional().catch(undefined),
          })
          .catch({}),
      )
      .catch([])
      .default([]),
    environments: z
      .array(
        z.object({
          id: name.min(1),
          name: name.optional(),
          url: address.optional().catch(undefined),
        }),
      )
      .max(20)
      .catch([])
      .default([]),
  })
  .catch({ links: [], environments: [] });

/** @internal */
export type TaskOutput = z.infer<typeof outputSchema>;

/**
 * What happened in a run.
 *
 * @internal
 */
export const logSchema = z.array(
  z.object({
    type: z.string(),
    createdAt: z.string(),
    body: z
      .object({
        stepId: name.optional().catch(undefined),
        status: z.string().optional().catch(undefined),
        output: z.unknown().optional(),
        error: z.object({ message: z.string() }).optional().catch(undefined),
      })
      .catch({}),
  }),
);

/** @internal */
export type TaskLog = z.infer<typeof logSchema>;
