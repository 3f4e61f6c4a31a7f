export interface Config {
  goldenPaths?: {
    /**
     * Address of the page that tells what the metrics of delivery mean and how to send
     * events, inside the portal or elsewhere. Default: none is offered.
     * @visibility frontend
     */
    docs?: string;
  };
}
