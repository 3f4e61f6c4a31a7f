import { InputError } from '@backstage/errors';
import { CloudEvent, cloudEventSchema } from './schemas/cloudEventSchema';

/** More would not help whoever reads it. */
const MAX_ISSUES = 5;

/**
 * @internal
 * @throws InputError that names what is wrong and where
 */
export function parseCloudEvent(body: unknown): CloudEvent {
  const parsed = cloudEventSchema.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  const issues = parsed.error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => `${path.join('.') || 'the event'}: ${message}`);
  throw new InputError(
    `Not a CloudEvent 1.0 with a CDEvent 0.5: ${issues.join('; ')}`,
  );
}
