/** Signs that are not seen: they come with what is copied from chats, web pages and address books. */
const UNSEEN = '\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF';
const AROUND = new RegExp(`[\\s${UNSEEN}]`, 'u');
const ALL_UNSEEN = new RegExp(`[${UNSEEN}]`, 'gu');

/** Returns a text without the space and the unseen signs around it. */
export function bareText(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && AROUND.test(text.charAt(from))) from++;
  while (to > from && AROUND.test(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

/** What needs no change: printable signs of ASCII, the first of them neither an apostrophe nor a sign of equality. */
const TYPED = /^[!-&(-<>-~][ -~]*$/;
/** Full-width letters, digits and signs, as an input method for Chinese gives them. */
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const TO_HALF = 0xfee0;

/**
 * Returns a value by which someone is found or reached as a keyboard types it: half-width, without unseen signs, and without
 * the `'00012` and `="00012"` with which zeros are kept. Nothing else is folded: `①` is no `1`.
 */
export function bareKey(text: string): string {
  if (TYPED.test(text)) return text.trimEnd();
  const half = text
    .replaceAll(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - TO_HALF))
    .replaceAll(ALL_UNSEEN, '');
  const [, quoted] = /^\s*="([^"]*)"\s*$/.exec(half) ?? [];
  const bare = bareText((quoted ?? half).replace(/^\s*['\u2018\u2019]/, ''));
  return bare === '' ? text : bare;
}

/** The spellings of a key under which it is looked for: as it is written, and as a keyboard types it. */
export function spellingsOf(key: string): readonly string[] {
  const bare = bareKey(key);
  return bare === key ? [key] : [key, bare];
}
