import { reportError } from './reportError.ts';

/** Reports what nobody caught, for as long as the page is open. */
export function reportUncaughtErrors(target: Pick<Window, 'addEventListener'>): void {
  target.addEventListener('error', event => reportError('window', event.error ?? event.message));
  target.addEventListener('unhandledrejection', event => reportError('promise', event.reason));
}
