/** Headers that the next client sends by itself. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'user-agent', 'accept-encoding', 'expect']);
/** Headers that say how a browser or a runtime called, and nothing of the call. */
const RUNTIME_HEADERS = /^(?:sec-|accept$|accept-language$|transfer-encoding$|keep-alive$)/;

/** Whether a client sends the header without being asked. */
export function isSentByItself(name: string): boolean {
  const lower = name.toLowerCase();
  return OWN_HEADERS.has(lower) || RUNTIME_HEADERS.test(lower);
}
