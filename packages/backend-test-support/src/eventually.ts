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
  for (;;) {
    const value = await read();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`Not within ${seconds} seconds: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
