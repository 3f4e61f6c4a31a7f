import { CiCredential } from '@waymark/plugin-ci-credentials-common';
import { z } from 'zod';
import { CiPipeline, IssuedCiCredential } from '../CiCredentialsService';

/** What the backend answers. */

/** @internal */
export const pipelineSchema = z.object({
  subject: z.string().startsWith('ci:'),
  source: z.string(),
  // An older backend does not know
  sourceVerified: z.boolean().default(false),
  entityRefs: z.array(z.string()),
  ownEntityRefs: z.array(z.string()),
}) satisfies z.ZodType<CiPipeline>;

/** @internal */
export const verifiedSchema = pipelineSchema.extend({
  /** When the token ends, where that is known. */
  expiresAt: z.string().optional(),
});

const credentialSchema: z.ZodType<CiCredential> = z.object({
  id: z.string(),
  source: z.string(),
  entityRefs: z.array(z.string()),
  hiddenEntities: z.number(),
  description: z.string(),
  hint: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string(),
  state: z.enum(['active', 'expired', 'revoked']),
  revokedAt: z.string().optional(),
  revokedBy: z.string().optional(),
  revokeReason: z.string().optional(),
  lastUsedAt: z.string().optional(),
  issuedBy: z.enum(['user', 'golden-path']),
});

/** @internal */
export const createdSchema = z.object({
  credential: credentialSchema,
  token: z.string(),
});

const issuedSchema: z.ZodType<IssuedCiCredential> = z.object({
  id: z.string(),
  key: z.string(),
  source: z.string(),
  entityRefs: z.array(z.string()),
  expiresAt: z.string(),
});

/** @internal */
export const issuedPageSchema = z.object({
  items: z.array(issuedSchema),
  nextCursor: z.string().optional(),
});
