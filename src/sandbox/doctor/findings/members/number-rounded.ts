import type { Finding } from '../../finding.ts';

/** Finds ids that a client read as numbers, which changes their last digits. */
export const numberRounded: Finding = {
  id: 'number-rounded',
  severity: 'error',
  message: { en: 'Sends an id whose last digits were rounded', zh: '大整数 ID 的末位被舍入' },
  remedy: { en: 'Read and send large numbers as text', zh: '大整数用字符串读写' },
  look: (calls) => {
    const known = new Set<string>();
    return calls.flatMap((call) => {
      const sent = `${call.path} ${call.text}`.match(/(?<!\d)\d{17,19}(?!\d)/g) ?? [];
      const rounded = sent.filter(
        (id) =>
          !known.has(id) &&
          [...known].some((real) => real.slice(0, -3) === id.slice(0, -3) && String(Number(real)) === id),
      );
      for (const id of JSON.stringify(call.answer ?? null).match(/(?<!\d)\d{17,19}(?!\d)/g) ?? []) known.add(id);
      return rounded.length === 0 ? [] : [{ calls: [call], about: call.operation ?? '' }];
    });
  },
};
