export interface Config {
  scorecards?: {
    /** Who is on call, from PagerDuty. Without a token nothing is asked. */
    pagerduty?: {
      /**
       * A read-only key of PagerDuty's REST API.
       * @visibility secret
       */
      token?: string;
      /**
       * Of the API, such as https://api.eu.pagerduty.com. Default:
       * https://api.pagerduty.com.
       */
      baseUrl?: string;
    };
  };
}
