import { expect } from 'vitest';
import type { Platform } from './request-examples.ts';
import type { Answer } from './socket.ts';

/** As much of an answer as tells whose words it is in. */
export type ReadReply = Pick<Answer, 'status' | 'text' | 'json'>;

/** Returns whether the request was refused, in the platform's own form. */
export function isRefusal(platform: Platform, { status, json }: ReadReply): boolean {
  switch (platform) {
    case 'feishu':
      // A page for people has a status only.
      return json === undefined || json.code === undefined ? status >= 400 : json.code !== 0;
    case 'wecom':
      return json?.errcode !== 0;
    case 'hose':
      // The newer operation for tokens says so in its body alone.
      if (json?.msg !== undefined) return json.code !== '200';
      // So do those for apps and for addresses, inside `value`.
      return status >= 400 || (json?.value?.message !== undefined && json.value.code !== 'true');
    case 'admin':
    case 'front':
      return status >= 400;
  }
}

const FEISHU_KEYS = /^(code|msg|data|error|expire|tenant_access_token|app_access_token|bot)$/;
const FEISHU_ERROR_KEYS = /^(message|log_id|troubleshooter|field_violations|permission_violations|helps)$/;
const FEISHU_OAUTH_KEYS =
  /^(code|error|error_description|access_token|expires_in|refresh_token|refresh_token_expires_in|scope|token_type)$/;
/** Members of a problem of the admin API besides those that RFC 9457 has. */
const MORE = new Set(['detail_zh', 'code', 'demo', 'faults']);
const HOSE_FAILURE = ['code', 'data', 'errorCode', 'errorDetails', 'errorMessage'];

/** Expects an answer in the platform's own form, without internals and without a 5xx. */
export function expectPlatformEnvelope(platform: Platform, answer: ReadReply, what: string): void {
  const { status, text, json } = answer;
  expect(status, `${what}: ${text.slice(0, 200)}`).toBeLessThan(500);
  expect(text, what).not.toMatch(LEAKS);
  switch (platform) {
    case 'feishu': {
      if (json === undefined) {
        if (text.startsWith('<!doctype html>')) expect([200, 400], what).toContain(status);
        else if (status === 302) expect(text, what).toBe('');
        else expect([status, text], what).toEqual([404, '404 page not found']);
        return;
      }
      if (json.error_description !== undefined || json.access_token !== undefined) {
        expect(
          Object.keys(json).filter((key) => !FEISHU_OAUTH_KEYS.test(key)),
          what,
        ).toEqual([]);
        expect([typeof json.code, status], what).toEqual(['number', json.code === 0 ? 200 : 400]);
        return;
      }
      // The user that a client of OpenID Connect reads has no envelope.
      if (json.sub !== undefined) return;
      expect(
        Object.keys(json).filter((key) => !FEISHU_KEYS.test(key)),
        what,
      ).toEqual([]);
      expect([typeof json.code, typeof json.msg], what).toEqual(['number', 'string']);
      expect(json.code, what).not.toBe(1500);
      if (json.error !== undefined)
        expect(
          Object.keys(json.error).filter((key) => !FEISHU_ERROR_KEYS.test(key)),
          what,
        ).toEqual([]);
      return;
    }
    case 'wecom':
      if (status === 404) {
        expect(text, what).toBe('');
        return;
      }
      // Pages that a browser is sent to, and pictures.
      if (json === undefined && status === 200) {
        expect(text, what).toMatch(/^(?:<!doctype html|<svg |$)/);
        return;
      }
      if (status === 302) {
        expect(text, what).toBe('');
        return;
      }
      expect([status, typeof json?.errcode, typeof json?.errmsg], what).toEqual([200, 'number', 'string']);
      expect(json.errcode, what).not.toBe(-1);
      return;
    case 'hose':
      if (json?.msg !== undefined) {
        expect(
          Object.keys(json).filter((key) => !/^(code|msg|data|traceId)$/.test(key)),
          what,
        ).toEqual([]);
        expect(['200', '403', '500'], what).toContain(json.code);
        expect(status, what).toBe(200);
        return;
      }
      if (status === 204) expect(text, what).toBe('');
      // An address for one staff shows a page, or says that it is over.
      else if (status === 200 && json === undefined) expect(text, what).toMatch(/^<!doctype html>|^临时访问地址已过期/);
      else if (status < 400) {
        expect(
          Object.keys(json ?? {}).filter((key) => !/^(value|items|count|id)$/.test(key)),
          what,
        ).toEqual([]);
        expect(json, what).toBeTypeOf('object');
      } else if (json === undefined) expect([status, text], what).toEqual([403, '未授权']);
      else if (json.value !== undefined) {
        const value = { errorCode: 403, errorMessage: '密钥无效', errorDetail: null };
        expect([status, json], what).toEqual([403, { value }]);
      } else {
        expect(Object.keys(json).toSorted(), what).toEqual(HOSE_FAILURE);
        expect(json.errorCode, what).toBe(status);
      }
      return;
    case 'admin':
      if (status >= 400) {
        expect(
          Object.keys(json ?? {}).filter((key) => !MORE.has(key)),
          what,
        ).toEqual(['type', 'title', 'status', 'detail']);
        expect(json.status, what).toBe(status);
      }
      return;
    case 'front':
      // Measurements have a form of their own.
      if (json === undefined) expect([status, text.slice(0, 7)], what).toEqual([200, '# HELP ']);
      else expect(json, what).toBeTypeOf('object');
  }
}

/** Parts of stacks, paths, statements and drivers' messages. */
const LEAKS =
  /\bat \S+ \(|node_modules|node:internal|\.[jt]s:\d|\/work\/|\/home\/|\b(SELECT|INSERT|UPDATE|DELETE) .*\b(FROM|INTO|SET)\b|sqlite|SQLITE|postgres|TypeError|RangeError|SyntaxError|Unexpected token|\bundefined\b|\[object /;

/** Expects a log without defects and without secrets or personal data. */
export function expectQuietLog(lines: readonly string[], secrets: readonly string[]): void {
  const isRequest = (line: string): boolean => {
    const { event, level } = JSON.parse(line) as { event: string; level: string };
    return event === 'request' && level === 'info';
  };
  // One demand for all: a log has thousands of lines.
  expect(lines.filter((line) => !isRequest(line))).toEqual([]);
  expect(lines.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
}
