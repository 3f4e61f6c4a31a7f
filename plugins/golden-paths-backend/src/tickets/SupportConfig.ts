import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parse } from '@waymark/backend-support';
import { z } from 'zod';

const address = z
  .url({ protocol: /^https?$/, error: 'has to be an address with http(s)' })
  .transform(url => url.replace(/\/+$/, ''));

const schema = z.object({
  group: z
    .string()
    .regex(/^group:[^\s:/]+\/[^\s:/]+$/, 'has to be a full ref of a group')
    .transform(ref => ref.toLowerCase())
    .optional(),
  maxPerHour: z.number().int().positive().default(20),
  repositories: z.array(address).default([]),
  tracker: z
    .object({
      github: z
        .object({
          repository: address,
          labels: z.array(z.string().min(1).max(50)).default([]),
        })
        .optional(),
      webhook: z
        .object({
          url: z.url({ protocol: /^https?$/ }),
          secret: z.string().min(1),
        })
        .optional(),
    })
    .default({}),
});

/**
 * How questions reach the platform team.
 *
 * @internal
 */
export type SupportConfig = z.output<typeof schema>;

/** @internal */
export function readSupportConfig(config: Config): SupportConfig {
  const key = 'goldenPaths.support';
  try {
    const support = parse(schema, config.getOptional(key) ?? {}, 'input');
    if (support.tracker.github && support.tracker.webhook) {
      throw new InputError('tracker: has to be github or webhook, not both');
    }
    return support;
  } catch (error) {
    throw new InputError(`${key}: ${(error as Error).message}`);
  }
}

/**
 * The repositories whose issues are questions, in lower case.
 *
 * @internal
 */
export function trackerRepositories(support: SupportConfig): string[] {
  const { repositories, tracker } = support;
  return [
    ...repositories,
    ...(tracker.github ? [tracker.github.repository] : []),
  ].map(url => url.toLowerCase());
}
