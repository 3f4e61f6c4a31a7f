import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /**
       * Hosts that speak Gitea's REST API and whose repositories are to be in
       * the catalog, by a name of your choice. The name is stored with every
       * Location: another name removes and adds them all.
       */
      forge?: {
        [id: string]: {
          /**
           * The `host` of an entry of `integrations.gitea`, which holds the
           * address and the credentials.
           */
          host: string;

          /**
           * When all repositories are read; one such pass also runs at every
           * start. Changes in between arrive through events.
           *
           * Default: every 5 minutes, given up after 2 minutes.
           */
          schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

          /**
           * Largest part of the known repositories, from 0 to 1, that one pass
           * may remove; counts from 10 known repositories. A host without any
           * repository is refused as long as one is known. 1 lifts both limits:
           * set it for one pass to let a deliberate mass deletion through.
           *
           * Default: 0.5
           */
          maxRemovedShare?: number;

          /** What one file with entities may hold; above it is an error. */
          limits?: {
            /** Bytes. Default: 1048576 */
            maxFileBytes?: number;
            /** YAML documents. Default: 500 */
            maxEntities?: number;
          };
        };
      };
    };
  };
}
