export interface Config {
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
  };
}
