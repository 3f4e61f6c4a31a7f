import { readProvenance } from './readProvenance';

const HEAD = `template: template:default/steady
version: sha256:1
commit: ${'a'.repeat(40)}
files:
`;

describe('readProvenance', () => {
  // Looking for the same key twice takes the square of their number: of a file that is
  // not too large, minutes in which the portal does nothing else
  it('takes the last of what is said twice', () => {
    const { files } = readProvenance(`${HEAD}  a: x\n  a: y\n`);
    expect(files).toEqual({ a: 'y' });
  });

  it('refuses what would grow, and what is too large', () => {
    expect(() => readProvenance('a: &a [x]\nb: [*a, *a]\n')).toThrow(
      'Alias resolution is disabled',
    );
    expect(() => readProvenance('x'.repeat(1_000_001))).toThrow('is too large');
  });
});
