import {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';

/**
 * Does something and leaves in the audit log that it was tried, and how it
 * ended: refusals too.
 *
 * @param action - calls `note` with what becomes known only on the way
 * @internal
 */
export async function audited<T>(
  auditor: AuditorService,
  event: AuditorServiceCreateEventOptions,
  action: (note: (meta: JsonObject) => void) => Promise<T>,
): Promise<T> {
  const entry = await auditor.createEvent(event);
  const meta: JsonObject = {};
  try {
    const result = await action(more => {
      Object.assign(meta, more);
    });
    await entry.success({ meta });
    return result;
  } catch (error) {
    await entry.fail({ meta, error: toError(error) });
    throw error;
  }
}
