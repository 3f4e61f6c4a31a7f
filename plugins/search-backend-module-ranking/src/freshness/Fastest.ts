const KEPT = 5;

/**
 * What something costs when nothing else goes on: the fastest of the last times.
 *
 * @internal
 */
export class Fastest {
  private last: number[] = [];

  /** In milliseconds; 0 as long as nothing was measured. */
  get duration(): number {
    return Math.min(...this.last, this.last[0] ?? 0);
  }

  add(duration: number): void {
    this.last = [duration, ...this.last].slice(0, KEPT);
  }
}
