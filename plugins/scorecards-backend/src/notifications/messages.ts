import { createHash } from 'node:crypto';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { LevelChange } from './LevelChange';

/** The rest is counted. */
const MAX_LINES = 15;

const TOPIC = 'scorecards';

type NotificationPayload = NotificationSendOptions['payload'];

/**
 * What owners are told of changes on one scorecard.
 *
 * @param changes - at least one
 * @internal
 */
export function levelMessage(changes: LevelChange[]): NotificationPayload {
  const [first] = changes;
  const { scorecardTitle } = first;
  const down = changes.filter(isDown).length;
  return {
    title:
      changes.length === 1
        ? `${scorecardTitle}: ${describe(first)}`
        : `${scorecardTitle}: ${tally(changes)}`,
    description: changes.length === 1 ? undefined : listing(changes, describe),
    link:
      changes.length === 1
        ? entityPage(first)
        : scorecardPage(first.scorecardRef),
    severity: down > 0 ? 'high' : 'normal',
    topic: TOPIC,
  };
}

/**
 * What one person is told about a week.
 *
 * @param changes - at least one
 * @internal
 */
export function digestMessage(changes: LevelChange[]): NotificationPayload {
  return {
    title: `Scorecards this week: ${tally(changes)}`,
    description: listing(
      changes,
      change => `${change.scorecardTitle}: ${describe(change)}`,
    ),
    link: changes.length === 1 ? entityPage(changes[0]) : '/scorecards/list',
    severity: 'normal',
    topic: TOPIC,
  };
}

/**
 * The page of a scorecard in the portal.
 *
 * @param tab - default: the first one
 * @internal
 */
export function scorecardPage(scorecardRef: string, tab?: string): string {
  const { namespace, name } = parseEntityRef(scorecardRef);
  return `/scorecards/${path(namespace, name, ...(tab ? [tab] : []))}`;
}

/** Where an entity shows how it stands on a scorecard. */
function entityPage({ entityRef, scorecardRef }: LevelChange): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const scorecard = parseEntityRef(scorecardRef);
  return `/catalog/${path(namespace, kind, name)}/scorecards?scorecard=${path(
    scorecard.namespace,
    scorecard.name,
  )}`;
}

function path(...segments: string[]): string {
  return segments.map(encodeURIComponent).join('/');
}

/**
 * What a message is about, so that the same one again takes the place of the
 * first. Short, whatever refs are in it.
 *
 * @internal
 */
export function scopeOf(...parts: (string | number)[]): string {
  const [what] = parts;
  const digest = createHash('sha256').update(JSON.stringify(parts));
  return `scorecards:${what}:${digest.digest('hex').slice(0, 32)}`;
}

function isDown({ from, to }: LevelChange): boolean {
  return to < from;
}

function describe(change: LevelChange): string {
  const { entityTitle, fromTitle, toTitle, throughExemption } = change;
  return `${entityTitle} went ${
    isDown(change) ? 'down' : 'up'
  } from ${fromTitle} to ${toTitle}${
    throughExemption ? ', with an exemption' : ''
  }`;
}

function tally(changes: LevelChange[]): string {
  const down = changes.filter(isDown).length;
  const up = changes.length - down;
  return [up > 0 && `${up} went up`, down > 0 && `${down} went down`]
    .filter(Boolean)
    .join(', ');
}

function listing(
  changes: LevelChange[],
  line: (change: LevelChange) => string,
): string {
  // What went down first: it is what has to be looked at
  const sorted = [...changes].sort(
    (a, b) =>
      Number(isDown(b)) - Number(isDown(a)) ||
      a.entityTitle.localeCompare(b.entityTitle, 'en-US'),
  );
  const lines = sorted.slice(0, MAX_LINES).map(line);
  const more = changes.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
