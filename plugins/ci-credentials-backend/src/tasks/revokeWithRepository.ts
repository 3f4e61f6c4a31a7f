import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { IssuedCredentials } from '../credentials/IssuedCredentials';

/**
 * When a repository is deleted, the credentials issued for it end. The event may
 * be lost; whoever issued them looks again when it renews them.
 *
 * @internal
 */
export function revokeWithRepository(options: {
  events: CatalogScmEventsService;
  issued: IssuedCredentials;
  lifecycle: LifecycleService;
  logger: LoggerService;
}): void {
  const { events, issued, lifecycle, logger } = options;
  const { unsubscribe } = events.subscribe({
    async onEvents(published) {
      for (const event of published) {
        if (event.type !== 'repository.deleted') {
          continue;
        }
        try {
          const ids = await issued.revoke(
            { key: event.url, reason: 'the repository was deleted' },
            'plugin:ci-credentials',
          );
          for (const id of ids) {
            logger.info(
              `Revoked CI credential ${id}: its repository ${event.url} was deleted`,
            );
          }
        } catch (error) {
          logger.error(
            `Revoking the CI credentials of ${
              event.url
            }, which was deleted, failed: ${stringifyError(error)}`,
          );
        }
      }
    },
  });
  lifecycle.addShutdownHook(() => unsubscribe());
}
