/**
 * Lets a loop sleep until somebody rings, or until its time has come. Ringing
 * while it is awake shortens its next sleep to nothing.
 *
 * @public
 */
export class Alarm {
  #hasRung = false;
  #wakeUp?: () => void;

  ring(): void {
    this.#hasRung = true;
    this.#wakeUp?.();
  }

  /** @returns whether somebody rang */
  async sleep(milliseconds: number): Promise<boolean> {
    if (!this.#hasRung) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wakeUp = undefined;
    }
    const hasRung = this.#hasRung;
    this.#hasRung = false;
    return hasRung;
  }
}
