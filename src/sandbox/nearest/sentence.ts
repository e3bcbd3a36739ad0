import type { NearestStep } from './contract.ts';

type Language = 'zh' | 'en';

/** Says in one sentence what makes the request pass. */
export function sentenceOf(steps: readonly NearestStep[], language: Language): string {
  const parts = steps.map((step) => (language === 'zh' ? inChinese(step) : inEnglish(step)));
  return language === 'zh' ? `${parts.join('；然后')}。` : `${parts.join('; then ')}.`;
}

function inEnglish(step: NearestStep): string {
  switch (step.kind) {
    case 'remove':
      return `Leave out ${step.at}`;
    case 'add':
      return `Add ${step.at}: ${shown(step.to)}`;
    case 'set':
      return `Set ${step.at} to ${shown(step.to)}`;
    case 'query':
      return step.to === undefined ? `Leave out the parameter ${step.at}` : `Send ${step.at}=${step.to}`;
    case 'path':
      return `Name ${step.to} in the path as ${step.at}`;
    case 'app':
      return `Send it as the app ${step.to}`;
    case 'setting':
      return `Set ${step.at} of the company to ${shown(step.to)}`;
    case 'again':
      return 'Send it again with a valid token; it is accepted now';
    case 'wait':
      return `Wait ${String(step.seconds)} s and send it again`;
  }
}

function inChinese(step: NearestStep): string {
  switch (step.kind) {
    case 'remove':
      return `去掉 ${step.at}`;
    case 'add':
      return `加上 ${step.at}：${shown(step.to)}`;
    case 'set':
      return `将 ${step.at} 改为 ${shown(step.to)}`;
    case 'query':
      return step.to === undefined ? `去掉参数 ${step.at}` : `使用参数 ${step.at}=${step.to}`;
    case 'path':
      return `路径中的 ${step.at} 改为 ${step.to}`;
    case 'app':
      return `改用应用 ${step.to}`;
    case 'setting':
      return `将公司设置 ${step.at} 改为 ${shown(step.to)}`;
    case 'again':
      return '使用有效令牌重发，现在可以通过';
    case 'wait':
      return `等待 ${String(step.seconds)} 秒后重发`;
  }
}

/** More of a value is not shown in a sentence. */
const MAX_SHOWN = 60;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
