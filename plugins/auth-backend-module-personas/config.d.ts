export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in as one of the people listed here, without a password. For a
       * portal on one's own machine: with this section the backend refuses to
       * start unless NODE_ENV is `development` and it listens on the loopback
       * address only.
       *
       * @visibility frontend
       */
      personas?: {
        /**
         * Who can be chosen, in the order of the sign-in page. Those who are not
         * in the catalog are not offered. Default: nobody.
         */
        people?: Array<{
          /**
           * The person in the catalog, of kind User, such as
           * `user:default/a-person`. Name, picture and groups come from there.
           */
          userEntityRef: string;
          /** The person's role in a few words, such as `Engineer`. */
          title: string;
          /** What this person can see and do, in one sentence. Default: nothing. */
          description?: string;
        }>;
      };
    };
  };
}
