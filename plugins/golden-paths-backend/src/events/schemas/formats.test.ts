import { isUri, isUriReference } from './isUri';
import { parseTimestamp } from './parseTimestamp';

describe('parseTimestamp', () => {
  it.each([
    ['2026-08-01T10:00:00Z', '2026-08-01T10:00:00.000Z'],
    ['2026-08-01t10:00:00z', '2026-08-01T10:00:00.000Z'],
    ['2026-08-01T10:00:00.123456789+05:30', '2026-08-01T04:30:00.123Z'],
    ['2026-08-01T00:30:00+01:00', '2026-07-31T23:30:00.000Z'],
    ['2026-12-31T23:30:00-01:00', '2027-01-01T00:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2017-01-01T05:29:60+05:30', '2017-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(new Date(parseTimestamp(text)!).toISOString()).toBe(moment);
  });

  it.each([
    ['nothing', ''],
    ['a day', '2026-08-01'],
    ['no offset', '2026-08-01T10:00:00'],
    ['no seconds', '2026-08-01T10:00Z'],
    ['a day that is not there', '2026-02-29T10:00:00Z'],
    ['a month that is not there', '2026-13-01T10:00:00Z'],
    ['the hour 24', '2026-08-01T24:00:00Z'],
    ['the minute 60', '2026-08-01T10:60:00Z'],
    ['the second 60 within a day', '2026-08-01T10:00:60Z'],
    ['an offset of a day', '2026-08-01T10:00:00+24:00'],
    ['a dot without digits', '2026-08-01T10:00:00.Z'],
    ['six digits of a year', '+002026-08-01T10:00:00Z'],
    ['other digits', '२०२६-08-01T10:00:00Z'],
    ['a line break', '2026-08-01T10:00:00Z\n'],
    // These two are not of RFC 3339, though some libraries let them pass
    ['a space in the middle', '2026-08-01 10:00:00Z'],
    ['an offset without colon', '2026-08-01T10:00:00+0200'],
  ])('%s is no time: %j', (_, text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

describe('isUri', () => {
  const absolute = [
    'https://ci.example/a/b?c=d&e#f',
    'https://me:secret@ci.example:8080',
    'http://[2001:db8::1]:80/',
    'http://[v7.a:b]/',
    'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
    'user:default/maren',
    'mailto:a@b.example',
    'file:///a',
    'a+b-c.d:',
    'https://ci.example/%E2%9C%93',
    'http://a?b/c?d#e?f/g',
    'http:///a',
  ];
  const relative = [
    '',
    '/a/b',
    'a/b',
    '//ci.example/a',
    '?a',
    '#a',
    './a:b',
    '..',
  ];
  const neither = [
    'a b',
    'https://ci.example/ä',
    'https://ci.example/%zz',
    'https://ci.example/a\nb',
    'https://ci example/',
    'https://[::1',
    'https://[::1%25en0]/',
    'https://[1.2.3.4]/',
    'https://a@b@c/',
    'https://ci.example:80a/',
    'https://ci.example/a|b',
    'https://ci.example/#a#b',
    'https://ci.example/<a>',
    ':a',
    '1a:b',
    'a:b c',
    '\\\\server\\share',
  ];

  it.each(absolute)('%j is a URI', text => {
    expect([isUri(text), isUriReference(text)]).toEqual([true, true]);
  });
  it.each(relative)('%j is only a reference', text => {
    expect([isUri(text), isUriReference(text)]).toEqual([false, true]);
  });
  it.each(neither)('%j is neither', text => {
    expect([isUri(text), isUriReference(text)]).toEqual([false, false]);
  });

  it('takes no longer for what was made to take long', () => {
    const started = performance.now();
    for (const part of ['a', '%', '/', ':', '[', '@', '?', '%41']) {
      isUriReference(`http://${part.repeat(300_000)}\n`);
      isUriReference(`${part.repeat(300_000)}\n`);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
