import { expect, test } from 'vitest';
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

test('equal secrets stay recognisable as equal, and a body without any is not copied', () => {
  expect(digestOf('a')).toBe(digestOf('a'));
  expect(digestOf('a')).not.toBe(digestOf('b'));
  const body = Buffer.from('{"name":"x"}');
  expect(filter.body(body)).toBe(body);
});
