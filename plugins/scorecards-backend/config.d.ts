import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Scorecards: facts, rules and what comes of them. */
  scorecards?: {
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
       * scorecard, to go into one message. Default: 1 minute.
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
