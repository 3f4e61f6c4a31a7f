import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Scorecards: facts, rules and what comes of them. */
  scorecards?: {
    /**
     * How long outcomes, their evidence and what left the catalog are kept.
     * Default: 400 days.
     */
    retention?: HumanDuration | string;
    /**
     * How often all entities are compared with what is stored, as a safety net and
     * for rules that look at the time. Default: 1 hour.
     */
    fullPass?: HumanDuration | string;
    catalog?: {
      /**
       * How often the catalog is asked what changed: it tells nobody. Outcomes
       * follow a change of the catalog that much later. Default: 10 seconds.
       */
      every?: HumanDuration | string;
    };
    /** How fact collectors run, by their ids; the defaults are theirs. */
    collectors?: {
      [id: string]: {
        /** Default: true. When false, its facts stay as they are. */
        enabled?: boolean;
        /** How long facts are left alone, when nothing tells of a change. */
        every?: HumanDuration | string;
        /** Of one call. */
        timeout?: HumanDuration | string;
        /** Entities per call, 1 to 1000. */
        batchSize?: number;
        /** Calls at a time on each replica, 1 to 1000. */
        concurrency?: number;
      };
    };
    badges?: {
      /**
       * Whether pages of other hosts, such as a README, show badges to people who
       * have not signed in. Default: false, a badge then needs a token, or a browser
       * that has signed in. When true, anybody who can reach the backend may ask for
       * the level of an entity on a scorecard, if both carry the annotation
       * `waymark.dev/public-badge: 'true'`; everything else looks as if it were not
       * there.
       */
      public?: boolean;
    };
    exemptions?: {
      /** How far ahead an exemption may end. Default: 365 days. */
      maxDuration?: HumanDuration | string;
      /**
       * How long before the end of an exemption its owner and requester are told.
       * Default: 7 days.
       */
      remindBefore?: HumanDuration | string;
    };
    notifications?: {
      /**
       * How long the change of a level waits for others of the same owner and
       * scorecard, to go into one message. What changes as soon as that after an
       * entity first stands on a scorecard is not told. Default: 1 minute.
       */
      window?: HumanDuration | string;
      /** When those who chose it get their weekly digest. */
      digest?: {
        /** Default: monday. */
        weekday?:
          | 'monday'
          | 'tuesday'
          | 'wednesday'
          | 'thursday'
          | 'friday'
          | 'saturday'
          | 'sunday';
        /** 0 to 23, UTC. Default: 8. */
        hour?: number;
      };
    };
  };
}
