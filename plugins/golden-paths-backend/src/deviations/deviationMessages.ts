import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  Deviation,
  nameOfDeviation,
} from '@waymark/plugin-golden-paths-common';
import { Decision } from './Decision';

const PAGE = '/delivery/deviations';

const DECIDED = {
  approve: 'was approved',
  deny: 'was denied',
  revoke: 'is no longer approved',
};

/** What owners can do about a deviation that counts. */
const REMEDY =
  'Give up the deviation, or say in .waymark/golden-path.yaml why it has to stay.';

/**
 * What those who decide are told of deviations that wait for them: one message, which
 * takes the place of the one before.
 *
 * @internal
 */
export function waitingMessage(options: {
  group: string;
  /** Of all that wait. */
  count: number;
  latest: Deviation;
}): NotificationSendOptions {
  const { group, count, latest } = options;
  return message({
    recipients: { type: 'entity', entityRef: group },
    title:
      count === 1
        ? 'A deviation from a golden path is to be decided'
        : `${count} deviations from golden paths are to be decided`,
    description: `${count === 1 ? '' : 'The latest: '}${nameOfDeviation(
      latest,
    )}. ${latest.reason ?? ''}`.trim(),
    link: `${PAGE}?state=requested`,
    scope: 'deviations:waiting',
  });
}

/**
 * What the owner is told of a decision.
 *
 * @internal
 */
export function decidedMessage(options: {
  owner: string;
  deviation: Deviation;
  decision: Decision;
  /** Of the decision. */
  id: number;
}): NotificationSendOptions {
  const { owner, deviation, id } = options;
  const { decision, decidedBy, comment, expiresAt } = options.decision;
  return aboutOne(deviation, {
    // Nobody is told what they did themselves
    recipients: {
      type: 'entity',
      entityRef: owner,
      excludeEntityRef: decidedBy,
    },
    what: DECIDED[decision],
    details: [
      expiresAt !== undefined ? `Until ${lastDay(expiresAt)}.` : undefined,
      `By ${decidedBy}.`,
      comment,
      decision === 'approve' ? undefined : REMEDY,
    ],
    scope: `deviation:decided:${id}`,
  });
}

/**
 * What the owner is told before an approval ends.
 *
 * @internal
 */
export function endingMessage(options: {
  owner: string;
  deviation: Deviation;
  decision: Decision;
  id: number;
}): NotificationSendOptions {
  const { owner, deviation, decision, id } = options;
  return aboutOne(deviation, {
    recipients: { type: 'entity', entityRef: owner },
    what: `is approved until ${lastDay(decision.expiresAt ?? 0)} only`,
    details: [
      'From then on it counts again.',
      'Give it up by then, or ask for more time.',
    ],
    scope: `deviation:ending:${id}`,
  });
}

/**
 * What the owner is told when an approval has ended.
 *
 * @internal
 */
export function endedMessage(options: {
  owner: string;
  deviation: Deviation;
  id: number;
}): NotificationSendOptions {
  const { owner, deviation, id } = options;
  return aboutOne(deviation, {
    recipients: { type: 'entity', entityRef: owner },
    what: 'is no longer approved: its time is over',
    details: ['It counts again.', 'Give it up, or ask for more time.'],
    scope: `deviation:ended:${id}`,
  });
}

function aboutOne(
  deviation: Deviation,
  options: {
    recipients: NotificationSendOptions['recipients'];
    what: string;
    details: (string | undefined)[];
    scope: string;
  },
): NotificationSendOptions {
  const { recipients, what, details, scope } = options;
  const { entityRef } = deviation;
  const query = new URLSearchParams({ service: entityRef });
  return message({
    recipients,
    title: `A deviation of ${entityRef.slice(
      entityRef.indexOf('/') + 1,
    )} ${what}`,
    description: [`${nameOfDeviation(deviation)}.`, ...details]
      .filter(Boolean)
      .join(' '),
    link: `${PAGE}?${query}`,
    scope,
  });
}

function message(options: {
  recipients: NotificationSendOptions['recipients'];
  title: string;
  description: string;
  link: string;
  scope: string;
}): NotificationSendOptions {
  const { recipients, ...payload } = options;
  return {
    recipients,
    payload: { ...payload, severity: 'normal', topic: 'golden-paths' },
  };
}

/** An approval ends as the day after its last one begins. */
function lastDay(expiresAt: number): string {
  return new Date(expiresAt - 1).toISOString().slice(0, 10);
}
