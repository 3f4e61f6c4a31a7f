/**
 * Waits until `read` gives something, asking again for at most a minute.
 *
 * @param what - says in the error what was waited for
 * @internal
 */
export async function eventually<T>(
  what: string,
  read: () => Promise<T | undefined | false> | T | undefined | false,
  options: { seconds?: number } = {},
): Promise<T> {
  const { seconds = 60 } = options;
  const deadline = Date.now() + seconds * 1000;
  for (let pause = 50; ; pause = Math.min(250, pause * 1.25)) {
    const value = await read();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`Not within ${seconds} seconds: ${what}`);
    }
    // What takes long is asked for less often: it may be the asking that takes it
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
