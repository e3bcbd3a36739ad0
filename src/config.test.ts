import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, settings, type ConfigOverrides } from './config.ts';

test('without a word said, everything has a value', () => {
  expect(readConfig({}, {})).toMatchObject({
    host: '127.0.0.1',
    port: 6464,
    data: './data',
    store: 'sqlite:./data/mingce.db',
    adminKey: null,
    readKey: null,
    origin: null,
    hosts: [],
    log: 'warn',
    bodyBytes: 1_048_576,
    companyBytes: 67_108_864,
  });
});

test('what is given wins over the environment, and an empty word counts as none', () => {
  const environment = { MINGCE_PORT: '1', MINGCE_DATA: '/elsewhere/', MINGCE_ADMIN_KEY: '' };
  expect(readConfig({ MINGCE_PORT: '0' }, environment)).toMatchObject({
    port: 0,
    store: 'sqlite:/elsewhere/mingce.db',
    adminKey: null,
    readKey: null,
  });
});

describe('a value that cannot be used is refused in one sentence that names the setting', () => {
  test.each<[ConfigOverrides]>([
    [{ MINGCE_PORT: 'abc' }],
    [{ MINGCE_PORT: '65536' }],
    [{ MINGCE_PORT: '-1' }],
    [{ MINGCE_PORT: '80.5' }],
    [{ MINGCE_PORT: ' 80' }],
    [{ MINGCE_LOG: 'loud' }],
    [{ MINGCE_ORIGIN: 'mingce.example' }],
    [{ MINGCE_HOSTS: 'mingce.test, http://mingce.test' }],
    [{ MINGCE_BODY_BYTES: '1MiB' }],
    [{ MINGCE_STOP_SECONDS: '0' }],
  ])('%o', (given) => {
    const [name = ''] = Object.keys(given);
    expect(() => readConfig(given, {})).toThrow(ConfigError);
    expect(() => readConfig(given, {})).toThrow(new RegExp(`${name}.* must be .*\\.$`));
  });
});

test('each setting is explained once, in both languages', () => {
  expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length);
  for (const { en, zh } of settings) {
    expect(en).toMatch(/^[A-Z].*\.$/);
    expect(zh).toMatch(/。$/);
  }
});
