import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  techdocs?: {
    /**
     * Whether an entity that was read from one repository may have the
     * documentation of another one. The portal reads with rights of its own, so
     * that whoever may push anywhere could publish what only the portal may read.
     * Default: `false`.
     */
    otherRepositories?: boolean;

    generator?: {
      /** Documentation from Markdown, without MkDocs. */
      markdown?: {
        /**
         * Whether sites are built by this module. With `false` TechDocs runs
         * MkDocs, as `techdocs.generator.runIn` says. Default: `true`.
         */
        enabled?: boolean;

        /**
         * When the background builds sites that nobody has opened yet, so that
         * search finds them too. Default: every 30 seconds, the first time after
         * 10 seconds, for 30 minutes at most.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

        /** What one site may hold. */
        limits?: {
          /** Pages; more of them fail the build. Default: 500. */
          maxPages?: number;
          /**
           * Bytes of one Markdown file; in place of a larger one there is a page
           * that says so. Default: 1048576 (1 MB).
           */
          maxPageBytes?: number;
          /**
           * Bytes of one picture or attachment; a larger one is left out.
           * Default: 10485760 (10 MB).
           */
          maxFileBytes?: number;
          /**
           * Bytes of all that is read for a site; more fail the build.
           * Default: 104857600 (100 MB).
           */
          maxTotalBytes?: number;
          /**
           * Seconds that one page may take to be read; in place of a slower one
           * there is a page that says so. Default: 10.
           */
          maxPageSeconds?: number;
        };
      };
    };
  };
}
