export interface Config {
  scorecards?: {
    /**
     * Facts that are kept in files beside the portal, such as an export from
     * another tool. Where two files say the same of one entity, the later in the
     * list holds.
     */
    factFiles?: Array<{
      /**
       * A YAML or JSON file with a list of facts, looked up from the folder in
       * which the backend was started. It is read again when it changes.
       */
      path: string;
      /** Where the facts come from, in words or as an address. Default: the name of the file. */
      source?: string;
    }>;
  };
}
