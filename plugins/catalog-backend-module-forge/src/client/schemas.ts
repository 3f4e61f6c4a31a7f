import { z } from 'zod';
import { isHostName } from './Repository';

/*
 * What this module reads of Gitea's REST answers. Everything is checked before it
 * is believed: an answer of another shape is an error, never an empty list.
 * Source of the shapes: Gitea's OpenAPI description of its version 1 API.
 */

const name = z
  .string()
  .refine(isHostName, 'is not a name of an owner or repository');

/** @internal */
export const repositorySchema = z.object({
  name,
  owner: z.object({ login: name }),
  description: z.string().default(''),
  empty: z.boolean(),
  archived: z.boolean(),
  default_branch: z.string().max(500),
  updated_at: z.string().max(100),
});

/** @internal */
export const searchSchema = z.object({
  ok: z.literal(true),
  data: z.array(repositorySchema),
});

/** @internal */
export const totalSchema = z
  .string({ error: 'is missing' })
  .regex(/^\d{1,9}$/, 'is not a number')
  .transform(Number);

/**
 * One file of the contents API. Gitea leaves `content` out of files above its own
 * limit, which is why the size is looked at first.
 *
 * @internal
 */
export const contentsSchema = z.object({
  type: z.string(),
  size: z.number().int().nonnegative(),
  encoding: z.string().nullish(),
  content: z.string().nullish(),
});
