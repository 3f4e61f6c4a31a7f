import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';

/**
 * What a build says, for all who wait for it: who comes later hears from the
 * start. It is for the readers of a site; the log of the backend has it for whoever
 * looks for trouble.
 *
 * @internal
 */
export class BuildLog implements LoggerService {
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();
  readonly #backend: LoggerService;

  constructor(backend: LoggerService) {
    this.#backend = backend;
  }

  /** Returns how to stop listening. */
  listen(listener: (line: string) => void): () => void {
    this.#lines.forEach(listener);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #say(line: string): void {
    this.#lines.push(line);
    this.#listeners.forEach(listener => listener(line));
  }

  error(message: string): void {
    this.#say(`error: ${message}`);
    this.#backend.debug(message);
  }

  warn(message: string): void {
    this.#say(`warning: ${message}`);
    this.#backend.debug(message);
  }

  info(message: string): void {
    this.#say(message);
    this.#backend.debug(message);
  }

  debug(message: string): void {
    this.#backend.debug(message);
  }

  child(_meta: JsonObject): LoggerService {
    return this;
  }
}
