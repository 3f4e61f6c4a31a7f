import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Intake of what happens to services. */
  goldenPaths?: {
    /**
     * Which entities are services, about which metrics of delivery say something: a
     * filter predicate, with `$all`, `$any`, `$not`, `$in`, `$exists`, `$hasPrefix`
     * and `$contains` of a value. Default: components of the types service, website
     * and worker whose lifecycle is not deprecated.
     */
    services?: object;

    /**
     * In which weeks begin and end, by its IANA name, such as `Europe/Berlin`. When
     * it changes, everything is counted anew. Default: UTC.
     */
    timeZone?: string;

    /**
     * Which environments are which, by id or name; `*` stands for any characters, and
     * case does not matter. When it changes, everything is counted anew.
     */
    environments?: {
      /** Default: production, prod, live. */
      production?: string[];
      /** Default: staging, stage, preproduction. */
      staging?: string[];
    };

    /**
     * How long after a deployment an incident that names none is laid to it. Default:
     * 24 hours.
     */
    incidentWindow?: HumanDuration | string;

    /** What metrics of delivery are compared with. */
    reports?: {
      /**
       * The targets of metrics, by their id: a duration, a number per week, or a share
       * from 0 to 1. Default: 10 minutes for `time-to-first-deployment`; of others,
       * what they were in the baseline period.
       */
      targets?: {
        [metric: string]: HumanDuration | string | number;
      };
      /** A time before, with all weeks that begin or end in it. Default: none. */
      baseline?: {
        /** A day, such as `2026-01-05`. */
        from: string;
        to: string;
      };
    };

    catalog?: {
      /**
       * How often changes of the catalog are taken over: who owns what, who may see
       * it, and which events speak for it. Default: every 10 seconds.
       */
      every?: HumanDuration;
    };

    /** Webhooks, received at `/api/golden-paths/webhooks/<sender>`. */
    webhooks?: {
      /**
       * Bytes of one webhook; a larger one is refused with 413. GitHub sends up
       * to 25 MB, but with the events backend installed nothing above 5 MiB
       * gets through its bus. Default: 5000000.
       */
      maxBytes?: number;

      /** How long a webhook is kept. */
      retention?: {
        /**
         * The body of one that could not be published. A published one loses
         * its body at once. Default: 7 days.
         */
        bodies?: HumanDuration | string;
        /**
         * The id and the digest of the body, by which a replay is known.
         * Default: 90 days.
         */
        deliveries?: HumanDuration | string;
      };

      github?: {
        /**
         * What webhooks of GitHub are signed with; several while one is being
         * exchanged. The `webhookSecret` of every GitHub App in
         * `integrations.github` counts too. Default: none, and every webhook is
         * refused as long as there is no secret at all.
         * @deepVisibility secret
         */
        secrets?: string[];
        /**
         * Labels that make an issue an incident of the service in its repository,
         * whatever their case. A label `environment: <name>` says where; without
         * one it is production. Default: incident.
         */
        incidentLabels?: string[];
      };

      argocd?: {
        /**
         * What notifications of Argo CD send as `Authorization: Bearer <secret>`;
         * several while one is being exchanged. Default: none, and every
         * notification is refused.
         * @deepVisibility secret
         */
        secrets?: string[];
      };

      tracker?: {
        /**
         * What an issue tracker other than GitHub signs its webhooks with, as
         * GitHub does (`X-Hub-Signature-256`); several while one is being
         * exchanged. Default: none, and every webhook is refused.
         * @deepVisibility secret
         */
        secrets?: string[];
      };
    };

    /** Questions to the platform team. */
    support?: {
      /**
       * Full ref of the group that is notified of each question, and of
       * deviations from golden paths that are to be decided. Default: nobody is;
       * those who look after them find them in the portal.
       */
      group?: string;
      /** How many questions one person may ask within an hour. Default: 20. */
      maxPerHour?: number;
      /**
       * Addresses of more repositories on GitHub whose issues are questions to the
       * platform team, beside that of `tracker.github`. Default: none.
       */
      repositories?: string[];
      /**
       * Where questions are worked on. Either `github` or `webhook`. Default: in
       * the portal.
       */
      tracker?: {
        github?: {
          /** Address of the repository whose issues they become. */
          repository: string;
          /** Labels of these issues, beside that of the category. Default: none. */
          labels?: string[];
        };
        webhook?: {
          /** Where each question is sent to. */
          url: string;
          /**
           * What it is signed with (`X-Hub-Signature-256`).
           * @visibility secret
           */
          secret: string;
        };
      };
    };

    /** Events, received at `/api/golden-paths/events`. */
    events?: {
      /** Bytes of one event. Default: 1000000. */
      maxBytes?: number;
      /** Bytes of a batch of events. Default: 10000000. */
      maxBatchBytes?: number;

      /**
       * How long events are kept, at least 180 days. What they said by the week stays
       * for good; late events and changed settings have no effect on weeks that ended
       * before this time less 90 days. Default: 800 days.
       */
      retention?: HumanDuration | string;
    };

    /**
     * Whose word is an observation and not a claim, beside that of the portal's own
     * plugins: those that see the workload run. It holds for CI credentials that are
     * bound to such a source or to one below it, and for whose source somebody
     * vouches: GitHub, the golden path that issued the credential, or a person who
     * may make credentials for all entities. Made-up events (`sample`) from those
     * who may report for all entities count by their source alone. Default: nobody's.
     */
    observers?: Array<{
      /** URI, without a slash at its end. */
      source: string;
    }>;

    /**
     * Whether events are taken that say of themselves to be made up (the extension
     * attribute `sample`). Default: false.
     */
    sample?: boolean;
  };
}
