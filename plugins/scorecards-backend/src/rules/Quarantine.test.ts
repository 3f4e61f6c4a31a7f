import { Quarantine } from './Quarantine';

describe('the quarantine', () => {
  it('leaves out for a while what ran away three times', () => {
    let now = 0;
    const quarantine = new Quarantine(() => now);
    quarantine.add('slow', 'It takes too long');
    quarantine.add('slow', 'It takes too long');
    expect(quarantine.reasonFor('slow')).toBeUndefined();
    quarantine.add('slow', 'It takes too long');
    expect(quarantine.reasonFor('slow')).toBe('It takes too long');
    expect(quarantine.reasonFor('other')).toBeUndefined();

    now += 10 * 60_000;
    expect(quarantine.reasonFor('slow')).toBeUndefined();
    quarantine.add('slow', 'It takes too long');
    expect(quarantine.reasonFor('slow')).toBeUndefined();
  });

  it('forgets the oldest when there are too many', () => {
    const quarantine = new Quarantine(() => 0);
    for (const check of [
      'a',
      ...Array.from({ length: 1000 }, (_, index) => `${index}`),
    ]) {
      for (let times = 0; times < 3; times++) {
        quarantine.add(check, 'It takes too long');
      }
    }
    expect(quarantine.reasonFor('a')).toBeUndefined();
    expect(quarantine.reasonFor('0')).toBe('It takes too long');
  });
});
