import type { Reply } from '../../../dialects/dialect.ts';
import { problem } from '../reply.ts';

/** The refusal of a request that is not put right, in both languages, as every other refusal of a table is. */
export function wrongRequest(en: string, zh: string): Reply {
  return problem(400, en, { detail_zh: zh });
}

/** The refusal of a parameter that has none of its choices. */
export function notOneOf(name: string, choices: readonly string[]): Reply {
  return wrongRequest(
    `The parameter ${name} is one of ${choices.join(', ')}.`,
    `参数 ${name} 应为 ${choices.join('、')} 之一。`,
  );
}
