import { expect, test } from 'vitest';
import { joinValues } from '../../lib/joined-values.ts';
import { digestOf, secretFilter } from './secrets.ts';

const filter = secretFilter(['app_secret', 'access_token']);
const SECRET = 'swordfish-1';

test.each([
  ['JSON', `{"app_id":"a","app_secret":"${SECRET}"}`],
  ['JSON with blanks and capitals', `{ "App_Secret" : "${SECRET}" , "name":"张三"}`],
  ['JSON inside JSON', `{"a":[{"access_token":"${SECRET}"}]}`],
  ['a form', `grant_type=x&app_secret=${SECRET}&a=b`],
  ['a form that begins with it', `app_secret=${SECRET}`],
])('a secret in %s is replaced and the rest left', (_what, body) => {
  const kept = filter.body(Buffer.from(body)).toString();
  expect(kept).not.toContain(SECRET);
  expect(kept).toBe(body.replace(SECRET, digestOf(SECRET)));
});

test.each([
  ['JSON after a byte order mark', `\ufeff{"app_secret":"${SECRET}"}`],
  ['JSON that is not closed', `{"app_secret":"${SECRET}`],
  ['JSON whose member is written with escapes', `{"app\\u005fsecret":"${SECRET}"}`],
  ['an address inside JSON', `{"message":"http://x/page?access_token=${SECRET}&corp=1"}`],
  ['an address inside a page', `<a href="/page?a=1&amp;x&access_token=${SECRET}">`],
  ['a form whose name is encoded', `a=b&app%5Fsecret=${SECRET}&c=d`],
])('a secret in %s is replaced as well, as text and as bytes', (_what, body) => {
  for (const given of [body, Buffer.from(body)]) {
    const kept = filter.body(given).toString();
    expect(kept).toBe(body.replace(SECRET, digestOf(SECRET)));
  }
});

test('a name in the query may be encoded, and a page that led here may carry a secret', () => {
  expect(filter.target(`/x?access%5ftoken=${SECRET}`)).toBe(`/x?access%5ftoken=${digestOf(SECRET)}`);
  expect(filter.target('/x?%zz=1&a=%')).toBe('/x?%zz=1&a=%');
  expect(filter.headers({ referer: `http://x/?access_token=${SECRET}` })).toEqual({
    referer: `http://x/?access_token=${digestOf(SECRET)}`,
  });
});

test('a secret in the query or in a header is replaced', () => {
  expect(filter.target(`/cgi-bin/x?access_token=${SECRET}&a=1`)).toBe(
    `/cgi-bin/x?access_token=${digestOf(SECRET)}&a=1`,
  );
  expect(filter.headers({ authorization: `Bearer ${SECRET}`, cookie: SECRET, accept: '*/*' })).toEqual({
    authorization: `Bearer ${digestOf(SECRET)}`,
    cookie: digestOf(SECRET),
    accept: '*/*',
  });
});

test('headers like those before share one object, and headers that differ in a secret, a value or a name do not', () => {
  const sent = { authorization: `Bearer ${SECRET}`, accept: '*/*' };
  const kept = filter.headers(sent);
  expect(filter.headers({ ...sent })).toBe(kept);
  expect(filter.headers({ ...sent, authorization: 'Bearer swordfish-2' })).toEqual({
    authorization: `Bearer ${digestOf('swordfish-2')}`,
    accept: '*/*',
  });
  expect(filter.headers({ ...sent, accept: 'text/html' })).toEqual({ ...kept, accept: 'text/html' });
  expect(filter.headers({ accept: '*/*' })).toEqual({ accept: '*/*' });
  expect(filter.headers({ accept: '*/*', cookie: SECRET })).toEqual({ accept: '*/*', cookie: digestOf(SECRET) });
  expect(filter.headers(sent)).toEqual(kept);
});

test('headers that differ in the length of the body share an object with those of the same length', () => {
  const sent = (length: string): Record<string, string> => ({
    authorization: `Bearer ${SECRET}`,
    'content-length': length,
  });
  const kept = filter.headers(sent('10'));
  expect(filter.headers(sent('11'))).toEqual({ ...kept, 'content-length': '11' });
  expect(filter.headers(sent('10'))).toBe(kept);
  expect(filter.headers({ ...sent('10'), authorization: `Basic ${SECRET}` })).toEqual({
    ...kept,
    authorization: `Basic ${digestOf(SECRET)}`,
  });
});

test('every secret of a query is replaced, and one that is empty is left', () => {
  const target = `/x?access_token=${SECRET}&a=1&APP_SECRET=&app_secret=b&access_token=${SECRET}`;
  expect(filter.target(target)).toBe(
    `/x?access_token=${digestOf(SECRET)}&a=1&APP_SECRET=&app_secret=${digestOf('b')}&access_token=${digestOf(SECRET)}`,
  );
  expect(filter.target(`/x?my_access_token=a&access_token=${SECRET}"b`)).toBe(
    `/x?my_access_token=a&access_token=${digestOf(SECRET)}"b`,
  );
});

test('the code of an answer in a link is left, and that of a log-in is replaced', () => {
  const withCodes = secretFilter(['code', 'access_token']);
  const link = (code: string, before = ''): string =>
    `{"error":{"troubleshooter":"${before}https://open.feishu.cn/search?from=openapi&log_id=1&code=${code}&method_id=2"}}`;
  for (const before of ['', '100% ', `https://x/?access_token=${SECRET}&a=1 `]) {
    const kept = before.replace(SECRET, digestOf(SECRET));
    for (const code of ['2221103', '99991672', '0']) expect(withCodes.body(link(code, before))).toBe(link(code, kept));
    for (const code of ['123456789', '1234567a', SECRET])
      expect(withCodes.body(link(code, before))).toBe(link(digestOf(code), kept));
  }
  const body = Buffer.from(link('2221103'));
  expect(withCodes.body(body)).toBe(body);
  expect(withCodes.target('/x?%43ode=2221103&code=2221103')).toBe('/x?%43ode=2221103&code=2221103');
  expect(withCodes.target(`/x?CODE=${SECRET}&code=1`)).toBe(`/x?CODE=${digestOf(SECRET)}&code=1`);
});

test('equal secrets stay recognisable as equal, and a body without any is not copied', () => {
  expect(digestOf('a')).toBe(digestOf('a'));
  expect(digestOf('a')).not.toBe(digestOf('b'));
  const body = Buffer.from('{"name":"x"}');
  expect(filter.body(body)).toBe(body);
});

test('a body joined from values is known to be clean where none of them has a secret, and what else has bytes is not', () => {
  const plain = Buffer.from(',{"note":"http://x/?corp=1","name":"张三"}');
  const page = (values: readonly Buffer[]): Buffer => joinValues('{"count":2,"items":[', values, ']}');
  for (let turn = 0; turn < 2; turn++) {
    const body = page([plain, plain]);
    expect(body.toString()).toBe(`{"count":2,"items":[${plain.toString().slice(1)}${plain.toString()}]}`);
    expect(filter.isKnownClean(Buffer.from(body))).toBe(false);
    expect(filter.isKnownClean(body)).toBe(true);
    // A journal that keeps the body does not keep the values.
    expect(filter.isKnownClean(body)).toBe(false);
  }
  for (const secret of [`,{"access_token":"${SECRET}"}`, `,{"note":"http://x/?access_token=${SECRET}"}`])
    expect(filter.isKnownClean(page([plain, Buffer.from(secret)]))).toBe(false);
  expect(page([]).toString()).toBe('{"count":2,"items":[]}');
});

test('a name is recognised however it is escaped', () => {
  const escaped = Array.from('app_secret', (letter) =>
    Array.from(
      `%${letter.charCodeAt(0).toString(16)}`,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ).join(''),
  ).join('');
  expect(filter.body(`{"${escaped}":"${SECRET}"}`)).not.toContain(SECRET);
});

/** As long as what is kept of a body: a filter that looks for a member from every quote to the end takes minutes. */
test.each(['\\"', '"', '"a', '\\', '"a":"', '?a=', '&'])('a long text of %j is gone through in no time', (piece) => {
  const text = `\\u"${piece.repeat(65_536 / piece.length)}`;
  for (let n = 0; n < 20; n++) expect(filter.body(text)).toHaveLength(text.length);
});
