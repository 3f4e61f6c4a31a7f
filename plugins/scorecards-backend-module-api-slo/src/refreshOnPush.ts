import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { CollectorControl } from '@waymark/plugin-scorecards-node';

/**
 * Has the components of a repository looked at when somebody pushed to it.
 *
 * @internal
 */
export function refreshOnPush(
  events: CatalogScmEventsService,
  control: CollectorControl,
): void {
  events.subscribe({
    async onEvents(found) {
      for (const event of found) {
        if (event.type === 'repository.updated') {
          await control.refreshByAnnotation({
            annotation: ANNOTATION_LOCATION,
            valuePrefix: `url:${event.url.replace(/\/*$/, '/')}`,
          });
        }
      }
    },
  });
}
