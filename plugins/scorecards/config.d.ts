export interface Config {
  scorecards?: {
    /**
     * Address of the page that tells how to write scorecards, inside the portal or
     * elsewhere. Default: none is offered.
     * @visibility frontend
     */
    docs?: string;
  };
}
