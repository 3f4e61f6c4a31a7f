import type { LogEvent } from '@backstage/plugin-scaffolder-common';

/**
 * How long a log has to stay silent after the end of a run, in milliseconds: that
 * end may be followed by an attempt after it.
 */
const SILENCE = 1000;

interface Observer {
  next?: (event: LogEvent) => void;
  error?: (error: Error) => void;
}

interface Source {
  subscribe(observer: Observer): { unsubscribe(): void };
}

/**
 * The log of one run, read once for all who follow it.
 *
 * @internal
 */
export class SharedLog {
  private readonly events: LogEvent[] = [];
  private readonly observers = new Set<Observer>();
  private connection?: { unsubscribe(): void };
  private silence?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly options: {
      /** Connects, for the events after the one given. */
      open: (lastId: number | undefined) => Source;
      /** Called when nobody follows any longer, or the connection broke. */
      onAbandoned: () => void;
    },
  ) {}

  /** Follows the log from the event after the one given. */
  subscribe(options: { after?: number; observer: Observer }) {
    const { after = -Infinity, observer: target } = options;
    let closed = false;
    const observer: Observer = {
      next: event => {
        if (!closed && Number(event.id) > after) {
          target.next?.(event);
        }
      },
      error: error => {
        closed = true;
        target.error?.(error);
      },
    };
    const known = [...this.events];
    this.observers.add(observer);
    if (known.length === 0 && !this.connection) {
      this.resume();
    } else {
      // After the caller has its subscription
      queueMicrotask(() => known.forEach(event => observer.next?.(event)));
    }

    return {
      get closed() {
        return closed;
      },
      unsubscribe: () => {
        closed = true;
        this.observers.delete(observer);
        if (this.observers.size === 0) {
          this.disconnect();
          this.options.onAbandoned();
        }
      },
    };
  }

  /** Connects again where the log was left. */
  resume() {
    this.disconnect();
    const last = this.events.at(-1);
    this.connection = this.options.open(last && Number(last.id)).subscribe({
      next: event => this.receive(event),
      error: error => this.fail(error),
    });
  }

  private receive(event: LogEvent) {
    clearTimeout(this.silence);
    this.events.push(event);
    for (const observer of [...this.observers]) {
      observer.next?.(event);
    }
    if (event.type === 'completion') {
      this.silence = setTimeout(() => this.disconnect(), SILENCE);
    }
  }

  private fail(error: Error) {
    this.disconnect();
    const observers = [...this.observers];
    this.observers.clear();
    this.options.onAbandoned();
    for (const observer of observers) {
      observer.error?.(error);
    }
  }

  private disconnect() {
    clearTimeout(this.silence);
    this.connection?.unsubscribe();
    this.connection = undefined;
  }
}
