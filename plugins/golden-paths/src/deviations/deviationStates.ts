import {
  RiCheckLine,
  RiCloseLine,
  RiErrorWarningLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import {
  deviationStateLabels as labels,
  type DeviationState,
} from '@waymark/plugin-golden-paths-common';

/** What each state is called and looks like. */
export const DEVIATION_STATES: Record<
  DeviationState,
  {
    label: string;
    Icon: RemixiconComponentType;
    tone: 'good' | 'bad' | 'warning' | 'neutral';
  }
> = {
  requested: { label: labels.requested, Icon: RiTimeLine, tone: 'warning' },
  unjustified: {
    label: labels.unjustified,
    Icon: RiErrorWarningLine,
    tone: 'bad',
  },
  approved: { label: labels.approved, Icon: RiCheckLine, tone: 'good' },
  denied: { label: labels.denied, Icon: RiCloseLine, tone: 'bad' },
  expired: { label: labels.expired, Icon: RiErrorWarningLine, tone: 'bad' },
};

export type DeviationDecision = 'approve' | 'deny' | 'revoke';

/** What can be decided of a deviation in each state. */
export const DECISIONS_IN: Record<DeviationState, DeviationDecision[]> = {
  requested: ['approve', 'deny'],
  unjustified: ['approve'],
  approved: ['revoke'],
  denied: ['approve'],
  expired: ['approve'],
};

/** The words of each decision. */
export const DECISION_WORDS: Record<
  DeviationDecision,
  {
    label: string;
    title: string;
    consequence: string;
    done: string;
    needsComment: boolean;
    isDestructive: boolean;
  }
> = {
  approve: {
    label: 'Approve',
    title: 'Approve the deviation',
    consequence:
      'Until the end you choose, the service counts as on its golden path in spite of it.',
    done: 'Approved',
    needsComment: false,
    isDestructive: false,
  },
  deny: {
    label: 'Deny',
    title: 'Deny the deviation',
    consequence: 'The service counts as deviating without a good reason.',
    done: 'Denied',
    needsComment: true,
    isDestructive: true,
  },
  revoke: {
    label: 'Revoke',
    title: 'Revoke the approval',
    consequence: 'From now on the service counts as deviating again.',
    done: 'Revoked',
    needsComment: true,
    isDestructive: true,
  },
};
