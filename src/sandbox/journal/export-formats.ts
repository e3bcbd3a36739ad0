import type { WholeRequestView } from './contract.ts';

/** Forms in which an entry can be taken elsewhere. */
export const EXPORT_FORMATS = ['curl', 'har'] as const;

/** One of the forms in which an entry can be taken elsewhere. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Headers that the next client sends by itself. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'user-agent', 'accept-encoding', 'expect']);

/** Writes entries as lines for a shell; secrets are to be filled in from environment variables. */
export function curlOf(requests: readonly WholeRequestView[], origin: string): string {
  return requests.map((request) => curlLine(request, origin)).join('\n');
}

function curlLine({ method, path, request }: WholeRequestView, origin: string): string {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()))
    .map(([name, value]) => ` \\\n  -H ${quoted(`${name}: ${value}`)}`);
  const body = request.body === null ? '' : ` \\\n  --data-raw ${quoted(textOf(request.body))}`;
  // Without a comment: an interactive zsh takes one for a command.
  return `curl -sS -X ${method} ${quoted(origin + path)}${headers.join('')}${body}\n`;
}

/** Text that no shell changes; secrets that were replaced become variables. */
function quoted(text: string): string {
  const parts = text.split(/\[secret [0-9a-f]{8}\]/);
  return parts.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join('"$MINGCE_SECRET"');
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

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
            : { postData: { mimeType: typeOf(request.request.headers), text: textOf(request.request.body) } }),
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
            ...(request.response.body === null ? {} : { text: textOf(request.response.body) }),
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
