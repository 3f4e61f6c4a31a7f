import { AuditorService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { Request } from 'express';

/**
 * Runs something and records who did it and how it ended.
 *
 * @param options - `meta` must not hold a token; `describe` gives what is known
 * of the result
 * @internal
 */
export async function audited<T>(options: {
  auditor: AuditorService;
  eventId: string;
  request: Request;
  meta: Record<string, string | string[] | undefined>;
  run: () => Promise<T>;
  describe?: (result: T) => Record<string, string>;
}): Promise<T> {
  const { auditor, eventId, request, run, describe } = options;
  const meta = Object.fromEntries(
    Object.entries(options.meta).filter(([, value]) => value !== undefined),
  );
  const event = await auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    request,
    meta,
  });
  try {
    const result = await run();
    await event.success({ meta: describe?.(result) });
    return result;
  } catch (error) {
    await event.fail({
      error: isError(error) ? error : new Error(String(error)),
    });
    throw error;
  }
}
