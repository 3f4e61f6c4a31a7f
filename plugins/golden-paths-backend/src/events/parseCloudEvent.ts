import { InputError } from '@backstage/errors';
import { isNestedDeeperThan } from './isNestedDeeperThan';
import { CloudEvent, cloudEventSchema } from './schemas/cloudEventSchema';

/** More would not help whoever reads it. */
const MAX_ISSUES = 5;

/** An event that is accepted has to be shown again, in a list of others. */
const MAX_LEVELS = 64;

/**
 * @internal
 * @throws InputError that names what is wrong and where
 */
export function parseCloudEvent(body: unknown): CloudEvent {
  if (isNestedDeeperThan(MAX_LEVELS, body)) {
    throw new InputError(`The event has more than ${MAX_LEVELS} levels`);
  }
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
