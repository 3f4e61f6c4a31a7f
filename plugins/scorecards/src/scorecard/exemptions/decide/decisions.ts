import type { ScorecardsApi } from '@waymark/plugin-scorecards-common';

/** What can be done with an exemption. */
export type Decision = 'approve' | 'deny' | 'revoke' | 'takeBack';

/** The words of each decision, and the call that makes it. */
export const DECISIONS: Record<
  Decision,
  {
    label: string;
    title: string;
    /** Beside the button that does nothing. */
    cancel: string;
    /** Why nothing has changed, in front of the reason. */
    refused: string;
    /** `Approved`, in front of what it was about. */
    done: string;
    isDestructive: boolean;
    /** Whoever asked is owed a reason. */
    needsNote: boolean;
    decide: (
      client: ScorecardsApi,
      request: { id: string; note: string },
    ) => Promise<unknown>;
  }
> = {
  approve: {
    label: 'Approve',
    title: 'Approve this exemption?',
    cancel: 'Not now',
    refused: 'It is not approved',
    done: 'Approved',
    isDestructive: false,
    needsNote: false,
    decide: (client, { id, note }) =>
      client.approveExemption({ id, ...(note && { note }) }),
  },
  deny: {
    label: 'Deny',
    title: 'Deny this exemption?',
    cancel: 'Not now',
    refused: 'It is not denied',
    done: 'Denied',
    isDestructive: true,
    needsNote: true,
    decide: (client, request) => client.denyExemption(request),
  },
  revoke: {
    label: 'Revoke',
    title: 'Revoke this exemption?',
    cancel: 'Keep it',
    refused: 'It is not revoked',
    done: 'Revoked',
    isDestructive: true,
    needsNote: true,
    decide: (client, request) => client.revokeExemption(request),
  },
  takeBack: {
    label: 'Take back',
    title: 'Take back what you asked for?',
    cancel: 'Keep it',
    refused: 'It is not taken back',
    done: 'Taken back',
    isDestructive: true,
    needsNote: true,
    decide: (client, request) => client.revokeExemption(request),
  },
};
