import { isError } from '@backstage/errors';

/** The sentence to show for a failed sign-in. */
export function describeFailure(options: {
  error: unknown;
  /** Whom to ask, from the configuration. */
  help?: string;
}): string {
  const { error, help } = options;
  const message = readMessage(error);
  return !help || message.includes(help) ? message : `${message} ${help}`;
}

function readMessage(error: unknown): string {
  if (!isError(error)) {
    return 'Sign-in failed.';
  }
  switch (error.name) {
    case 'PopupRejectedError':
      return 'The browser did not open the window for signing in: allow this page to open windows, and try again.';
    case 'PopupClosedError':
      return 'The window for signing in was closed before it was done.';
    // What the portal answered says more than that it refused
    case 'ResponseError':
      return isError(error.cause) ? error.cause.message : error.message;
    // That of the browser, when nobody answers
    case 'TypeError':
      return 'The portal does not answer: is it still running?';
    default:
      return error.message;
  }
}
