import { readDurationFromConfig } from '@backstage/config';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { DeliveryRetention } from '../webhooks/scheduleDeliveryTasks';
import { readBytes } from './readBytes';
import { readObservers } from './readObservers';

/** @internal */
export interface GoldenPathsConfig {
  webhooks: { maxBytes: number; retention: DeliveryRetention };
  events: { maxBytes: number; maxBatchBytes: number };
  /** Sources whose word is an observation. */
  observers: string[];
  /** Whether events may say that they are made up. */
  sample: boolean;
}

/**
 * What of the configuration is read once, at start.
 *
 * @internal
 */
export function readGoldenPathsConfig(
  config: RootConfigService,
): GoldenPathsConfig {
  // The ingress of the events backend checks no signature of its own accord,
  // and no replays ever
  const topic = config
    .getOptionalStringArray('events.http.topics')
    ?.find(name => /^github(\.|$)/.test(name));
  if (topic) {
    throw new InputError(
      `events.http.topics must not name ${topic}: webhooks would be accepted from everybody at /api/events/http/${topic}. GitHub delivers to /api/golden-paths/webhooks/github`,
    );
  }

  const retention = (name: string, defaultDays: number) => {
    const key = `goldenPaths.webhooks.retention.${name}`;
    return config.has(key)
      ? readDurationFromConfig(config, { key })
      : { days: defaultDays };
  };
  return {
    webhooks: {
      // What the event bus takes, at most 5 MiB, with some room for its own words
      maxBytes: readBytes(config, 'goldenPaths.webhooks.maxBytes', 5_000_000),
      retention: {
        bodies: retention('bodies', 7),
        deliveries: retention('deliveries', 90),
      },
    },
    events: {
      maxBytes: readBytes(config, 'goldenPaths.events.maxBytes', 1_000_000),
      maxBatchBytes: readBytes(
        config,
        'goldenPaths.events.maxBatchBytes',
        10_000_000,
      ),
    },
    observers: readObservers(config),
    sample: config.getOptionalBoolean('goldenPaths.sample') ?? false,
  };
}
