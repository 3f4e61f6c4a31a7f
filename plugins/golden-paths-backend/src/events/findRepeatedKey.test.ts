import { findRepeatedKey } from './findRepeatedKey';

describe('findRepeatedKey', () => {
  it.each<[string, string | undefined]>([
    ['1', undefined],
    ['"{\\"a\\":1,\\"a\\":1}"', undefined],
    ['{}', undefined],
    ['{"a":1,"b":2}', undefined],
    ['{"a":1,"a":2}', 'a'],
    ['{"a":"b","b":"a"}', undefined],
    ['{"a":["a","a",{"a":1}],"b":{"a":1}}', undefined],
    ['{"a":[{"b":1},{"b":1}],"a":1}', 'a'],
    ['{"a":{"b":{"c":1 , "c" : 1}}}', 'c'],
    ['[{"a":1},{"a":1}]', undefined],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a\\"":1,"a\\\\":2,"a\\\\\\"":3}', undefined],
    ['{"a\\\\":1,"a\\\\":2}', 'a\\'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"toString":1}', undefined],
  ])('%s: %j', (json, key) => {
    JSON.parse(json);
    expect(findRepeatedKey(json)).toBe(key);
  });

  it('is not led astray by depth', () => {
    const levels = 100_000;
    expect(
      findRepeatedKey(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`),
    ).toBeUndefined();
  });
});
