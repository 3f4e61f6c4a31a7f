export interface Config {
  forgeRunner?: {
    /**
     * Whether pipelines of the embedded forge run on this machine: its pages ask only
     * then. Default: they ask.
     * @visibility frontend
     */
    enabled?: boolean | string;
  };
}
