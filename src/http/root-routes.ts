import type { Call, DialectContext, Reply } from '../dialects/dialect.ts';
import { CHALLENGE_HEADER, isChallenge, PROOF_HEADER, proofOf } from '../directory/targets/installation-proof.ts';
import type { RouteGroup } from './routing/route-group.ts';

function plain(status: number, body: unknown): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: JSON.stringify(body),
  };
}

/** Says that the process is up; proves to an installation that asks for it that it asked itself. */
async function health({ headers }: Call, { store }: DialectContext): Promise<Reply> {
  const up = plain(200, { status: 'up' });
  const challenge = headers[CHALLENGE_HEADER];
  if (challenge === undefined || !isChallenge(challenge)) return up;
  const proof = proofOf((await store.deliveries.installation()).key, challenge);
  return { ...up, headers: { ...up.headers, [PROOF_HEADER]: proof } };
}

const BUSY = plain(503, { status: 'busy' });

const DETAIL = 'No platform served here has this path.';
/**
 * A client of any platform may have come here by mistake: in a body without a code many of them would read the code 0,
 * which is success to them.
 */
const NOT_FOUND = plain(404, {
  status: 'not found',
  detail: DETAIL,
  code: 404,
  msg: DETAIL,
  errcode: 404,
  errmsg: DETAIL,
  errorCode: 404,
  errorMessage: DETAIL,
});

/** Routes of no platform: probes, a pointer for a browser that opens the address, and unknown paths. */
export const rootRoutes: RouteGroup = {
  name: 'front',
  prefixes: [],
  bodyBytes: 1_048_576,
  routes: [
    {
      operation: 'health',
      method: 'GET',
      path: '/healthz',
      answer: health,
    },
    {
      operation: 'ready',
      method: 'GET',
      path: '/readyz',
      answer: async (_call, { store }) => ((await store.isReady()) ? plain(200, { status: 'ready' }) : BUSY),
    },
    {
      operation: 'door',
      method: 'GET',
      path: '/',
      answer: ({ origin }) =>
        Promise.resolve(plain(200, { name: 'Mingce 名册', see: `${origin}/mingce/v1`, console: `${origin}/console/` })),
    },
  ],
  fallback: (_call, why) => {
    switch (why) {
      case 'not-found':
        return NOT_FOUND;
      case 'too-large':
        return plain(413, { status: 'too large' });
      case 'busy':
        return BUSY;
      case 'internal':
        return plain(500, { status: 'internal error' });
    }
  },
};
