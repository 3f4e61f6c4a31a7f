import type { Exemption } from '@waymark/plugin-scorecards-common';
import { DAY, describeDay } from '@waymark/ui';

const SOON_DAYS = 14;

/** Whether an exemption holds or may yet hold. */
export function isOpen({ state }: Exemption): boolean {
  return state === 'requested' || state === 'approved';
}

/** Whether the owner has to think of what comes after it. */
export function endsSoon({ state, expiresAt }: Exemption, now: Date): boolean {
  return (
    state === 'approved' &&
    Date.parse(expiresAt) - now.getTime() <= SOON_DAYS * DAY
  );
}

/** An exemption in a few words, for lists. */
export function describeExemption(exemption: Exemption, now: Date): string {
  const until = describeDay(new Date(exemption.expiresAt));
  switch (exemption.state) {
    case 'requested':
      return 'Exemption requested, not decided yet';
    case 'approved':
      if (
        exemption.startsAt &&
        Date.parse(exemption.startsAt) > now.getTime()
      ) {
        return `Exempt from ${describeDay(
          new Date(exemption.startsAt),
        )} to ${until}`;
      }
      return endsSoon(exemption, now)
        ? `Exempt until ${until}, which is soon`
        : `Exempt until ${until}`;
    case 'denied':
      return 'Exemption denied';
    case 'revoked':
      return exemption.decidedBy
        ? 'Exemption revoked'
        : 'Request of an exemption taken back';
    default:
      return exemption.decidedBy
        ? `Exemption ended on ${until}`
        : 'Request of an exemption ended undecided';
  }
}
