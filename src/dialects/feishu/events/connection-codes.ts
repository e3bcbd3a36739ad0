import type { Code } from '../protocol/codes.ts';

/**
 * Codes of the call that leads to the long connection; only `code` tells them apart. The sentences are [proposed].
 * [public: node, go, contract feishu-contact.md 6.6]
 */
export const CONNECTION_CODES = {
  ok: { status: 200, code: 0, msg: '' },
  busy: { status: 200, code: 1, msg: 'system busy' },
  forbidden: { status: 200, code: 403, msg: 'forbidden' },
  authFailed: { status: 200, code: 514, msg: 'auth failed' },
  credentialsMissing: { status: 200, code: 1000040344, msg: 'AppID or AppSecret is missing' },
  tooMany: { status: 200, code: 1000040350, msg: 'the number of connections exceeded the limit' },
} as const satisfies Readonly<Record<string, Code>>;
