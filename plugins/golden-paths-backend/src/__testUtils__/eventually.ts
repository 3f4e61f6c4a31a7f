/** Waits until `read` gives something, asking again for at most 20 seconds. */
export async function eventually<T>(
  what: string,
  read: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await read();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`Not within 20 seconds: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
