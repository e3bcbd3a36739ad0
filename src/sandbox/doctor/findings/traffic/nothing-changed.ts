import type { Finding } from '../../finding.ts';

const WRITES = 20;
const SHARE = 0.8;

/** Finds clients whose writes mostly say what is so already. */
export const nothingChanged: Finding = {
  id: 'nothing-changed',
  severity: 'note',
  message: { en: 'Most writes change nothing', zh: '大多数写入没有任何变化' },
  remedy: { en: 'Send differences only', zh: '只提交有差异的数据' },
  look: (calls) => {
    const judged = calls.filter(
      ({ isSuccess, fields }) =>
        isSuccess && fields.some(({ verdict }) => ['applied', 'cleared', 'normalised', 'unchanged'].includes(verdict)),
    );
    const idle = judged.filter(({ fields }) =>
      fields.every(({ verdict }) => !['applied', 'cleared', 'normalised'].includes(verdict)),
    );
    const isMost = judged.length >= WRITES && idle.length >= judged.length * SHARE;
    return isMost ? [{ calls: idle, about: `${String(idle.length)}/${String(judged.length)}` }] : [];
  },
};
