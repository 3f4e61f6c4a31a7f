import { Turns } from './Turns';

const never = () => new Promise<never>(() => {});

describe('Turns', () => {
  it('are taken one after the other, each at its own place', async () => {
    const turns = new Turns();
    const log: string[] = [];
    let end = () => {};
    const first = turns.take({
      at: 'a',
      work: () =>
        new Promise<void>(resolve => {
          end = resolve;
        }),
    });
    const leaving = new AbortController();
    const left = turns.take({
      at: 'a',
      work: async () => log.push('left'),
      signal: leaving.signal,
    });
    const second = turns.take({
      at: 'a',
      work: async () => {
        log.push('second');
        throw new Error('Nothing came of it');
      },
    });
    const third = turns.take({ at: 'a', work: async () => log.push('third') });
    await turns.take({ at: 'b', work: async () => log.push('elsewhere') });
    leaving.abort();
    await expect(left).rejects.toThrow('aborted');
    log.push('first');
    end();
    await first;
    await expect(second).rejects.toThrow('Nothing came of it');
    await third;
    expect(log).toEqual(['elsewhere', 'first', 'second', 'third']);
  });

  it('are not waited for without end', async () => {
    const turns = new Turns({ patienceMs: 1 });
    void turns.take({ at: 'a', work: never });
    void turns.take({ at: 'a', work: never });
    expect(await turns.take({ at: 'a', work: async () => 'went on' })).toBe(
      'went on',
    );
  });
});
