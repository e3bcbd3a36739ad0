import { describe, expect, test } from 'vitest';
import { isFromForeignPage, type Sent } from './foreign-page.ts';

const sent = (headers: Sent['headers'], method = 'GET'): Sent => ({
  method,
  headers: { host: 'localhost:6464', ...headers },
  origin: 'https://mingce.example',
});
const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

describe('no page of another site sent it', () => {
  test.each<[string, Sent]>([
    ['a program says nothing of where it is', sent({})],
    ['a page of the address that is configured', sent({ origin: 'https://mingce.example' }, 'PUT')],
    ['a page of the name by which the server was called', sent({ origin: 'http://localhost:6464' }, 'PUT')],
    ['the same behind TLS', sent({ origin: 'https://localhost:6464' }, 'PUT')],
    ['a page here, as the browser says', sent({ 'sec-fetch-site': 'same-origin' }, 'PUT')],
    ['an address that was typed', sent({ 'sec-fetch-site': 'none' })],
    ['a link that leads here', sent(link)],
  ])('%s', (_what, request) => {
    expect(isFromForeignPage(request)).toBe(false);
  });
});

describe('a page of another site sent it', () => {
  test.each<[string, Sent]>([
    ['its origin says so', sent({ origin: 'https://evil.example' })],
    ['another port', sent({ origin: 'http://localhost:3000' })],
    ['a page without an origin, as a sandbox has', sent({ origin: 'null' })],
    ['an origin that only begins so', sent({ origin: 'https://mingce.example.evil.example' })],
    ['a script, as the browser says', sent({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
    ['a frame', sent({ ...link, 'sec-fetch-dest': 'iframe' })],
    ['a form that changes something', sent(link, 'POST')],
  ])('%s', (_what, request) => {
    expect(isFromForeignPage(request)).toBe(true);
  });
});
