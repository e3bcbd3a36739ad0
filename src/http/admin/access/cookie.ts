/** How the cookie of a session is called and sent for the server's own address as the browser has it. */
export interface CookieForm {
  readonly name: string;
  readonly attributes: string;
}

/**
 * Returns the form of the cookie for an origin. Cookies are shared between the ports of a host, so the port is in the
 * name; over TLS the prefix `__Host-` keeps other hosts of the domain from setting it, which asks for `Path=/`
 * (https://www.rfc-editor.org/rfc/rfc6265, and its successor for the prefix).
 */
export function cookieForm(origin: string): CookieForm {
  const isSecure = origin.startsWith('https://');
  const port = /:([0-9]{1,5})$/.exec(origin)?.[1] ?? (isSecure ? '443' : '80');
  return isSecure
    ? { name: `__Host-mingce_${port}`, attributes: 'HttpOnly; SameSite=Strict; Secure; Path=/' }
    : { name: `mingce_${port}`, attributes: 'HttpOnly; SameSite=Strict; Path=/mingce/' };
}

/** Returns the value of a cookie in a `Cookie` header; null where it is not there, or there twice. */
export function cookieIn(header: string | undefined, name: string): string | null {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [key = '', value = ''] = pair.split('=', 2);
    return key.trim() === name ? [value.trim()] : [];
  });
  return values.length === 1 ? (values[0] ?? null) : null;
}
