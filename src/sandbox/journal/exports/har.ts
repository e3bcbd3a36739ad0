import type { WholeRequestView } from '../contract.ts';
import { plainText } from './curl.ts';

/** Writes entries as an HTTP archive, version 1.2; the result of each member is under `_mingce`. */
export function harOf(requests: readonly WholeRequestView[], origin: string, version: string): unknown {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Mingce', version },
      entries: requests.map((request) => ({
        startedDateTime: request.at,
        time: request.duration_ms,
        request: {
          method: request.method,
          url: origin + request.path,
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: pairs(request.request.headers),
          queryString: [...new URL(origin + request.path).searchParams].map(([name, value]) => ({ name, value })),
          headersSize: -1,
          bodySize: request.request.bytes,
          ...(request.request.body === null
            ? {}
            : { postData: { mimeType: typeOf(request.request.headers), text: plainText(request.request.body) } }),
        },
        response: {
          status: request.status ?? 0,
          statusText: '',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: pairs(request.response.headers),
          content: {
            size: request.response.bytes,
            mimeType: typeOf(request.response.headers),
            ...(request.response.body === null ? {} : { text: plainText(request.response.body) }),
          },
          redirectURL: '',
          headersSize: -1,
          bodySize: request.response.bytes,
        },
        cache: {},
        timings: { send: 0, wait: request.duration_ms, receive: 0 },
        _mingce: {
          id: request.id,
          company: request.company,
          app: request.app,
          operation: request.operation,
          code: request.code,
          fields: request.fields,
        },
      })),
    },
  };
}

function pairs(
  headers: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function typeOf(headers: Readonly<Record<string, string>>): string {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  return found?.[1] ?? 'application/octet-stream';
}
