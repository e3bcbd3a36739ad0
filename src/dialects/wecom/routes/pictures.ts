import type { Reply, Route } from '../../dialect.ts';

/** A picture of no one in particular: no avatars are kept. (wecom-more 9.5) */
const AVATAR = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" viewBox="0 0 64 64"><rect width="64" height="64" fill="#dde3ea"/><circle cx="32" cy="24" r="12" fill="#9aa7b5"/><path d="M8 60a24 20 0 0 1 48 0z" fill="#9aa7b5"/></svg>`;

/** The default picture, at an address of our own. */
export const avatarRoute: Route = {
  operation: 'picture.avatar',
  method: 'GET',
  path: '/wwopen/avatar',
  answer: () => Promise.resolve(svg(AVATAR)),
};

/** A picture, which may be kept for a day. */
export function svg(body: string): Reply {
  return {
    status: 200,
    headers: {
      'Content-Type': 'image/svg+xml',
      'Content-Security-Policy': "default-src 'none'",
      'Cache-Control': 'max-age=86400',
    },
    body,
  };
}
