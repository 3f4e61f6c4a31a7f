import { readBinaryEvent } from './readBinaryEvent';

describe('readBinaryEvent', () => {
  const read = (headers: Record<string, string | string[]>) =>
    readBinaryEvent({
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, [value].flat()]),
      ),
      data: { a: 1 },
    });

  it('takes attributes from headers, and nothing else', () => {
    expect(
      read({
        'ce-specversion': '1.0',
        'ce-id': '7',
        'ce-entityref': 'component:default/ledger',
        'ce-sample': 'true',
        'ce-other': 'true',
        'content-type': 'application/json',
        host: 'portal.example',
      }),
    ).toEqual({
      specversion: '1.0',
      id: '7',
      entityref: 'component:default/ledger',
      sample: true,
      other: 'true',
      datacontenttype: 'application/json',
      data: { a: 1 },
    });
  });

  it.each([
    ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['100%', '100%'],
    ['%zz%20', '%zz '],
    ['%2520', '%20'],
    ['"a \\"b\\" %41"', 'a "b" A'],
    ['"', '"'],
    ['', ''],
  ])('decodes %s', (header, text) => {
    expect(read({ 'ce-id': header })).toMatchObject({ id: text });
  });

  it.each<[string, Record<string, string | string[]>, RegExp]>([
    ['half a character', { 'ce-id': 'a%E2%82' }, /^ce-id: .*UTF-8/],
    ['an overlong one', { 'ce-id': '%C0%80' }, /^ce-id: .*UTF-8/],
    ['a raw one', { 'ce-id': 'â\x82¬' }, /^ce-id: .*percent-encoded/],
    ['two values', { 'ce-id': ['a', 'a'] }, /^ce-id: stands twice/],
    ['data as a header', { 'ce-data': '{}' }, /^ce-data: /],
    [
      'the type of the content twice',
      { 'ce-datacontenttype': 'application/json' },
      /^ce-datacontenttype: /,
    ],
  ])('refuses %s', (_, headers, reason) => {
    expect(() => read(headers)).toThrow(reason);
  });
});
