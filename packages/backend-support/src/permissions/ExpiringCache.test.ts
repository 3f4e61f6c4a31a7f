import { ExpiringCache } from './ExpiringCache';

describe('ExpiringCache', () => {
  let now: number;
  const cache = () =>
    new ExpiringCache<number>({ maxEntries: 2, now: () => now, ttl: 5 });
  beforeEach(() => {
    now = 1000;
  });

  it('asks once for all, until the time is over or was set back', async () => {
    const load = jest.fn(async () => now);
    const entries = cache();
    await Promise.all([entries.get('a', load), entries.get('a', load)]);
    now = 1004;
    expect(await entries.get('a', load)).toBe(1000);
    expect(load).toHaveBeenCalledTimes(1);
    now = 1005;
    expect(await entries.get('a', load)).toBe(1005);
    now = 900;
    expect(await entries.get('a', load)).toBe(900);
  });

  it('does not remember a failure', async () => {
    const entries = cache();
    await expect(
      entries.get('a', async () => {
        throw new Error('gone');
      }),
    ).rejects.toThrow('gone');
    expect(await entries.get('a', async () => 1)).toBe(1);
  });

  it('forgets the oldest, and mixes nobody up', async () => {
    const entries = cache();
    for (const key of ['a', 'b', 'c']) {
      await entries.get(key, async () => key.charCodeAt(0));
    }
    expect(await entries.get('c', async () => 0)).toBe(99);
    expect(await entries.get('a', async () => 0)).toBe(0);
  });
});
