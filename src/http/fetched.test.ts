import { expect, test } from 'vitest';
import { redirectedTo, type Sent } from './fetched.ts';

/* What a `fetch` sends next after a redirect: by the Fetch standard, as Node's own does. */

const sent: Sent = {
  method: 'POST',
  target: new URL('http://127.0.0.1:8080/a/b?c#d'),
  headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'x-own': '1' },
  body: new Uint8Array([1]),
};
const reply = (status: number, headers: Record<string, string>) => ({ status, headers, body: '' });

test.each([
  [301, 'POST', 'GET', 0],
  [302, 'POST', 'GET', 0],
  [303, 'POST', 'GET', 0],
  [303, 'PUT', 'GET', 0],
  [302, 'PATCH', 'PATCH', 1],
  [307, 'POST', 'POST', 1],
  [308, 'PUT', 'PUT', 1],
])('%i after %s is followed by %s with a body of %i', (status, method, next, length) => {
  const followed = redirectedTo({ ...sent, method }, reply(status, { Location: '../e' }));
  expect(followed).toMatchObject({ method: next, target: new URL('http://127.0.0.1:8080/e') });
  expect(followed?.body).toHaveLength(length);
  expect('content-type' in (followed?.headers ?? {})).toBe(length > 0);
});

test('another origin does not get what was meant for this one', () => {
  const followed = redirectedTo(sent, reply(307, { location: 'http://localhost:8080/' }));
  expect(followed?.headers).toEqual({ 'content-type': 'application/json', 'x-own': '1' });
  const same = redirectedTo(sent, reply(307, { location: '/' }));
  expect(same?.headers).toEqual(sent.headers);
});

test('what leads nowhere is given back, and an address that is none fails', () => {
  expect(redirectedTo(sent, reply(302, {}))).toBe(null);
  expect(redirectedTo(sent, reply(200, { location: '/' }))).toBe(null);
  expect(redirectedTo(sent, reply(304, { location: '/' }))).toBe(null);
  expect(() => redirectedTo(sent, reply(302, { location: 'http://[' }))).toThrow('fetch failed');
});
