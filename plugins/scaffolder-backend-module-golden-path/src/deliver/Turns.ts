/**
 * One after the other, within this process: of those who commit to one branch at
 * the same moment all but one would do their work in vain.
 *
 * @internal
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
