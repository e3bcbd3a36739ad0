import type { Call, Reply } from '../../dialects/dialect.ts';
import { rootRoutes } from '../root-routes.ts';
import type { RouteGroup } from '../routing/route-group.ts';
import { extensionOf, readSentFile } from './files.ts';
import { CONTENT_SECURITY_POLICY, PAGE_HEADERS, VERSION_HEADER } from './headers.ts';
import { NOT_BUILT_PAGE } from './not-built.ts';

/** Where the console begins. */
const CONSOLE_PATH = '/console/';

/** The page that every path of the console without an extension loads; the console reads the path itself. */
const PAGE = 'index.html';

/** A name that changes with what is in the file, so that the file never does. */
const HASHED = /^assets\/.*-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

const NOT_THERE: Reply = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  body: 'The console has no such file.\n',
};

/** The console: static files of one folder, which is asked for each time, as a build may replace it. */
export function consoleRoutes(folder: string, version: string): RouteGroup {
  const answer = async (call: Call): Promise<Reply> => {
    const path = call.path.slice(CONSOLE_PATH.length);
    const accepted = call.headers['accept-encoding'];
    if (!isFile(path)) return page(await readSentFile(folder, PAGE, accepted));
    const file = await readSentFile(folder, path, accepted);
    if (file === null) return NOT_THERE;
    return sent(file, HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
  };
  return {
    name: 'console',
    prefixes: [CONSOLE_PATH],
    bodyBytes: rootRoutes.bodyBytes,
    headers: {
      ...PAGE_HEADERS,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      [VERSION_HEADER]: version,
    },
    routes: [
      {
        operation: 'console.door',
        method: 'GET',
        path: '/console',
        answer: () => Promise.resolve({ status: 308, headers: { Location: CONSOLE_PATH }, body: '' }),
      },
      { operation: 'console', method: 'GET', path: `${CONSOLE_PATH}*`, answer },
    ],
    fallback: (call, why) => (why === 'not-found' ? NOT_THERE : rootRoutes.fallback(call, why)),
  };
}

/**
 * Returns whether a path is meant as a file: files are in the folder itself or under `assets/`. Elsewhere the last part
 * may be an id, which may contain a dot.
 */
function isFile(path: string): boolean {
  if (path.startsWith('assets/')) return true;
  return path !== PAGE && !path.includes('/') && extensionOf(path) !== null;
}

function page(file: Parameters<typeof sent>[0] | null): Reply {
  if (file !== null) return sent(file, 'no-cache');
  return {
    status: 503,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
    body: NOT_BUILT_PAGE,
  };
}

function sent(
  { type, encoding, bytes }: NonNullable<Awaited<ReturnType<typeof readSentFile>>>,
  cacheControl: string,
): Reply {
  return {
    status: 200,
    headers: {
      'Content-Type': type,
      'Cache-Control': cacheControl,
      Vary: 'Accept-Encoding',
      ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
    },
    body: bytes,
  };
}
