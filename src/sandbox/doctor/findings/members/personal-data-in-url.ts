import type { Finding } from '../../finding.ts';

/** What may be before an `@` begins where no such letter is before it, or a long address was gone through from each letter. */
const PERSONAL =
  /(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?![\dXx])|(?<![\w.+-])[\w.+-]+@[\w-]+\.[a-z]{2,}/;
/** Parameters that the platforms define so. */
const DEFINED = new Set(['mobile', 'email', 'login_hint', 'redirect_uri']);

/** Finds mobiles, mails and numbers of identity cards in addresses. */
export const personalDataInUrl: Finding = {
  id: 'personal-data-in-url',
  severity: 'warning',
  message: { en: 'Sends personal data in the address', zh: '在 URL 中发送个人信息' },
  remedy: { en: 'Use ids', zh: '个人信息不要放在 URL，改用 ID' },
  look: (calls) =>
    calls.flatMap((call) => {
      const names = [...call.query]
        .filter(([name, value]) => !DEFINED.has(name) && PERSONAL.test(value))
        .map(([name]) => name);
      const about = [...(PERSONAL.test(safelyDecoded(call.path)) ? [call.operation ?? 'path'] : []), ...names];
      return about.length === 0 ? [] : [{ calls: [call], about: about.join(', ') }];
    }),
};

function safelyDecoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
