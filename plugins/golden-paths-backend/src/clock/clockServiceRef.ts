import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';

/**
 * Tells the time in milliseconds since 1970. Everything in this plugin asks it, so
 * that tests can move it.
 *
 * @internal
 */
export type Clock = () => number;

/** @internal */
export const clockServiceRef = createServiceRef<Clock>({
  id: 'golden-paths.clock',
  async defaultFactory(service) {
    return createServiceFactory({
      service,
      deps: {},
      factory: () => Date.now,
    });
  },
});
