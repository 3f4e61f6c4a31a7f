import { createServiceFactory } from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';
import { durationToMilliseconds } from '@backstage/types';
import { clockServiceRef } from '../clock/clockServiceRef';

/** A clock that goes on by itself, and that the test sets. */
export class TestClock {
  #offset = 0;

  readonly now = () => Date.now() + this.#offset;

  readonly factory = createServiceFactory({
    service: clockServiceRef,
    deps: {},
    factory: () => this.now,
  });

  set(time: string | number | Date): void {
    this.#offset = new Date(time).getTime() - Date.now();
  }

  advance(duration: HumanDuration): void {
    this.#offset += durationToMilliseconds(duration);
  }
}
