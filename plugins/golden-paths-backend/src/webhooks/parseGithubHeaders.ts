import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** What is kept of the headers, for those who subscribe. */
const KEPT = [
  'x-github-event',
  'x-github-delivery',
  'x-github-hook-id',
  'x-github-hook-installation-target-id',
  'x-github-hook-installation-target-type',
  'x-github-enterprise-host',
  'x-github-enterprise-version',
];

const headersSchema = z.object({
  event: z.string().regex(/^[a-z_]{1,64}$/),
  deliveryId: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
});

/**
 * What GitHub says about a delivery outside of its body. None of it is signed.
 *
 * @internal
 * @throws InputError that names the header which is missing or malformed
 */
export function parseGithubHeaders(
  header: (name: string) => string | undefined,
): { event: string; deliveryId: string; metadata: Record<string, string> } {
  const parsed = headersSchema.safeParse({
    event: header('x-github-event'),
    deliveryId: header('x-github-delivery'),
  });
  if (!parsed.success) {
    const [field] = parsed.error.issues[0].path;
    const name = field === 'event' ? 'X-GitHub-Event' : 'X-GitHub-Delivery';
    throw new InputError(
      `The header ${name} is missing or not what GitHub sends`,
    );
  }

  const metadata: Record<string, string> = {};
  for (const name of KEPT) {
    const value = header(name);
    if (value !== undefined) {
      metadata[name] = value.slice(0, 255);
    }
  }
  return { ...parsed.data, metadata };
}
