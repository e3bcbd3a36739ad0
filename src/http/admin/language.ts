import type { Call } from '../../dialects/dialect.ts';
import type { Language } from '../../lib/language.ts';

/** Returns the language that a caller asks for. */
export function languageOf({ headers }: Pick<Call, 'headers'>): Language {
  return languageIn(headers['accept-language'] ?? '');
}

/** Returns the language that a text such as `zh-CN,zh;q=0.9` names first. */
export function languageIn(text: string): Language {
  return /^\s*zh\b/i.test(text) ? 'zh' : 'en';
}
