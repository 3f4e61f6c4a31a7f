import {
  RiCloseCircleLine,
  RiForbidLine,
  RiHistoryLine,
  RiHourglassLine,
  RiShieldCheckFill,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { Exemption } from '@waymark/plugin-scorecards-common';

/** How the states of an exemption are called and look, in the order of filters. */
export const EXEMPTION_STATES: Record<
  Exemption['state'],
  {
    label: string;
    Icon: RemixiconComponentType;
    tone: 'positive' | 'negative' | 'warning' | 'announcement' | 'neutral';
  }
> = {
  requested: { label: 'Waiting', Icon: RiHourglassLine, tone: 'warning' },
  approved: {
    label: 'Approved',
    Icon: RiShieldCheckFill,
    tone: 'announcement',
  },
  denied: { label: 'Denied', Icon: RiCloseCircleLine, tone: 'negative' },
  revoked: { label: 'Revoked', Icon: RiForbidLine, tone: 'neutral' },
  expired: { label: 'Ended', Icon: RiHistoryLine, tone: 'neutral' },
};

/** Whether a text, such as one of the address, is a state. */
export function isExemptionState(
  text: string | null,
): text is Exemption['state'] {
  return text !== null && Object.keys(EXEMPTION_STATES).includes(text);
}
