export interface Config {
  home?: {
    /**
     * What the home page shows to those who have not arranged it themselves. The
     * first entry that is for one of the reader's groups counts. Default: search,
     * first steps, what my team owns, next steps and my team's scorecards, recently
     * visited, starred, create a service, then what plugins add.
     *
     * @deepVisibility frontend
     */
    layouts?: Array<{
      /**
       * For whom: references of groups, such as `group:default/platform` or just
       * `platform`. Groups below them are meant too. Default: everybody.
       */
      groups?: string[];
      /**
       * Names of widgets, in order, such as `home/search`: what stands behind
       * `home-page-widget:` in `app.extensions`. Widgets that are not named follow;
       * names of which there is no widget are passed over. Default: the order of
       * the stock page.
       */
      widgets?: string[];
      /**
       * Names of widgets that are not on the page until the reader adds them.
       * Default: none.
       */
      hidden?: string[];
    }>;
  };
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
