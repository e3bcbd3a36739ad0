import { expect, test } from 'vitest';
import type { Call } from '../../../dialects/dialect.ts';
import { randomIds } from '../../../lib/ids.ts';
import { createCall } from '../../incoming-call.ts';
import { GUESS_LIMITS } from './guesses.ts';
import { AdminAccess } from './admin-access.ts';

const { ms, perAddress, inAll } = GUESS_LIMITS;

function call(key: string, peer = '192.0.2.1', headers: Call['headers'] = {}): Call {
  const made = createCall('GET', '/mingce/v1/companies', {
    ids: randomIds,
    headers: { ...headers, authorization: key },
  });
  return {
    method: made.method,
    path: made.path,
    params: {},
    query: made.query,
    headers: made.headers,
    body: made.body,
    peer,
    receivedAt: 0,
    requestId: '',
    origin: '',
  };
}

function guardAt(): {
  readonly status: (one: Call) => number;
  turn: (ms: number) => void;
  seconds: (one: Call) => string | undefined;
} {
  let now = 0;
  const guard = new AdminAccess({ adminKey: 'open-sesame-of-the-forty', now: () => now }).guard;
  return {
    status: (one) => guard(one)?.status ?? 200,
    seconds: (one) => guard(one)?.headers['Retry-After'],
    turn: (step) => (now += step),
  };
}

const RIGHT = 'Bearer open-sesame-of-the-forty';

test('so many wrong keys of an address are compared in a window, however many it sends', () => {
  const { status, turn } = guardAt();
  const answers = { 401: 0, 429: 0 };
  for (let guess = 0; guess < 10_000; guess++) {
    answers[status(call(`Bearer ${String(guess)}`)) as 401 | 429]++;
    turn(1);
  }
  expect(answers[401]).toBeLessThanOrEqual(perAddress * (10_000 / ms + 1));
  expect(answers[401] + answers[429]).toBe(10_000);
});

test('until the window ends even the right key is refused, and the answer says how long; then it is accepted', () => {
  const { status, seconds, turn } = guardAt();
  for (let guess = 0; guess < perAddress; guess++) status(call('Bearer no'));
  turn(ms - 1_500);
  expect([status(call(RIGHT)), seconds(call(RIGHT))]).toEqual([429, '2']);
  expect(status(call(RIGHT, '192.0.2.2'))).toBe(200);
  turn(1_500);
  expect(status(call(RIGHT))).toBe(200);
});

test('many addresses together are refused, but callers on this machine are not', () => {
  const { status } = guardAt();
  const answers = Array.from({ length: 10_000 }, (_, peer) =>
    status(call('Bearer no', `2001:db8:0:${peer.toString(16)}::1`)),
  );
  expect(answers.filter((one) => one === 401)).toHaveLength(inAll);
  expect(status(call(RIGHT, '192.0.2.9'))).toBe(429);
  expect(status(call(RIGHT, '127.0.0.1'))).toBe(200);
  // What comes through a proxy on this machine is not from here.
  expect(status(call(RIGHT, '127.0.0.1', { host: 'mingce.example' }))).toBe(429);
  expect(status(call(RIGHT, '127.0.0.1', { 'x-forwarded-for': '192.0.2.9' }))).toBe(429);
});

test('a call without a key guesses nothing, and the right key is no guess', () => {
  const { status } = guardAt();
  for (let time = 0; time < 1_000; time++) {
    expect(status(call(''))).toBe(401);
    expect(status(call('Bearer'))).toBe(401);
    expect(status(call(RIGHT))).toBe(200);
  }
});

test('a caller with a whole network of addresses is counted as one', () => {
  const { status } = guardAt();
  const answers = Array.from({ length: 1_000 }, (_, peer) =>
    status(call('Bearer no', `2001:db8::${peer.toString(16)}`)),
  );
  expect(answers.filter((one) => one === 401)).toHaveLength(perAddress);
});
