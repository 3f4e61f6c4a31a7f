export interface Config {
  /**
   * Set while the portal shows a sample organisation: every page then says so.
   * Default: nothing is said.
   */
  sample?: {
    /**
     * Name of that organisation.
     *
     * @visibility frontend
     */
    organization: string;
    /**
     * Address inside the portal of the page that tells how to leave it.
     *
     * @visibility frontend
     */
    leave: string;
  };
  auth?: {
    signIn?: {
      /**
       * Whom to ask for help with signing in, in a sentence or two of plain text:
       * shown to those whose sign-in fails. Default: a sentence that sends them
       * to whoever runs the portal.
       *
       * @visibility frontend
       */
      help?: string;
    };
    /** The sign-in page offers the ways that it finds here. */
    providers?: {
      /** @visibility frontend */
      guest?: object;
      /** @visibility frontend */
      personas?: object;
      /** @visibility frontend */
      github?: object;
    };
  };
}
