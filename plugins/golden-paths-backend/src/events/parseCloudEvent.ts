import { InputError } from '@backstage/errors';
import {
  cdEventName,
  CdEventName,
  cdEventType,
  cdEventVersions,
} from '@waymark/plugin-golden-paths-common';
import { z } from 'zod';
import { CloudEvent } from './CloudEvent';
import { eventLimits } from './eventLimits';
import { findUnkeepable } from './findUnkeepable';
import { isNestedDeeperThan } from './isNestedDeeperThan';
import { attributesSchema, extensionIssues } from './schemas/attributesSchema';
import { bindingIssues } from './schemas/bindingIssues';
import { cdEventSchema } from './schemas/cdEventSchema';
import { limitsSchema } from './schemas/limitsSchema';
import { parseTimestamp } from './schemas/parseTimestamp';

/** More would not help whoever reads it. */
const MAX_ISSUES = 5;

/**
 * Makes sure that something is an event that the portal can keep.
 *
 * @returns the event as it came
 * @throws InputError that names what is wrong and where
 * @internal
 */
export function parseCloudEvent(
  body: unknown,
  options: { now: number },
): CloudEvent {
  if (isNestedDeeperThan(eventLimits.levels, body)) {
    throw new InputError(
      `The event has more than ${eventLimits.levels} levels`,
    );
  }
  const attributes = check(attributesSchema, body, []);
  throwIfAny(extensionIssues(Object(body)));
  const name = nameOf(attributes.type);
  check(cdEventSchema(name), attributes.data, ['data']);
  check(limitsSchema, attributes.data, ['data']);

  const unkeepable = findUnkeepable(body);
  if (unkeepable) {
    refuse([
      `${unkeepable.join('.')}: must not contain U+0000 or half a character`,
    ]);
  }

  const event = body as CloudEvent;
  throwIfAny([
    ...bindingIssues(event).map(
      attribute => `${attribute}: has to be the same as in data`,
    ),
    ...timeIssues(event.data.context.timestamp, options.now),
  ]);
  return event;
}

function nameOf(type: string): CdEventName {
  const name = cdEventName(type);
  if (!name) {
    return refuse([
      `type: ${JSON.stringify(
        type,
      )} is none of CDEvents 0.5, such as ${cdEventType('service.deployed')}`,
    ]);
  }
  if (type !== cdEventType(name)) {
    return refuse([
      `type: of ${name}, the version ${
        cdEventVersions[name]
      } is known, not ${JSON.stringify(
        type.slice(`dev.cdevents.${name}.`.length),
      )}`,
    ]);
  }
  return name;
}

function timeIssues(timestamp: string, now: number): string[] {
  const { aheadMs, earliest } = eventLimits;
  const at = parseTimestamp(timestamp)!;
  const where = 'data.context.timestamp';
  if (at > now + aheadMs) {
    return [`${where}: is more than ${aheadMs / 3_600_000} hours from now`];
  }
  if (at < earliest) {
    return [`${where}: is before ${new Date(earliest).toISOString()}`];
  }
  return [];
}

function check<T>(schema: z.ZodType<T>, value: unknown, at: string[]): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  return refuse(
    parsed.error.issues.map(
      ({ path, message }) =>
        `${[...at, ...path].join('.') || 'the event'}: ${message}`,
    ),
  );
}

function throwIfAny(issues: string[]): void {
  if (issues.length > 0) {
    refuse(issues);
  }
}

function refuse(issues: string[]): never {
  throw new InputError(
    `Not a CloudEvent 1.0 with a CDEvent 0.5: ${issues
      .slice(0, MAX_ISSUES)
      .join('; ')}`,
  );
}
