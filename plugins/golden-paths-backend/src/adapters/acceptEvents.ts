import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { EventIntake } from '../events/EventIntake';
import { checkEvent } from './checkEvent';

/**
 * Stores what an adapter observed, before its sender is told so.
 *
 * @returns how many were new, and how many were known
 * @throws InputError when one of them is not to be kept
 * @internal
 */
export async function acceptEvents(
  intake: EventIntake,
  options: { events: CdEvent[]; receivedFrom: string; entityRef?: string },
): Promise<{ accepted: number; duplicates: number }> {
  const { events, receivedFrom, entityRef } = options;
  const now = Date.now();
  const verdicts =
    events.length > 0
      ? await intake.accept(
          events.map(event => ({
            event: checkEvent(event, { now }),
            entityRef,
            receivedFrom,
            observed: true,
            sample: false,
          })),
        )
      : [];
  const duplicates = verdicts.filter(({ duplicate }) => duplicate).length;
  return { accepted: verdicts.length - duplicates, duplicates };
}
