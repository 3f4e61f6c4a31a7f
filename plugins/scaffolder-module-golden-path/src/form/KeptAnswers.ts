import type { JsonObject } from '@backstage/types';

/**
 * The answers to one form, for as long as the browser's tab is open: a reload, or a
 * look at another page, does not lose them.
 *
 * @internal
 */
export class KeptAnswers {
  private readonly key: string;

  constructor(options: { templateRef: string; userEntityRef: string }) {
    // Another person may sign in in the same tab
    this.key = `golden-path-answers:${options.userEntityRef}:${options.templateRef}`;
  }

  read(): JsonObject | undefined {
    try {
      const text = sessionStorage.getItem(this.key);
      const value: unknown = text ? JSON.parse(text) : undefined;
      return typeof value === 'object' && value !== null
        ? (value as JsonObject)
        : undefined;
    } catch {
      // Switched off, or written by something else: the form begins empty
      return undefined;
    }
  }

  write(answers: Record<string, unknown>) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(answers));
    } catch {
      // Switched off or full: the answers last as long as the page
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // See above
    }
  }
}
