import type { NearestStep, StepNote } from './contract.ts';
import type { Language } from '../../lib/language.ts';
import { shortened } from '../../lib/text/shortened.ts';

/** Says in one sentence what makes the request pass. */
export function sentenceOf(steps: readonly NearestStep[], language: Language): string {
  const words = language === 'zh' ? CHINESE : ENGLISH;
  const notes = new Set(steps.flatMap((step) => ('note' in step && step.note !== 'example' ? [step.note] : [])));
  const caveats = [...notes].map((note) => words.notes[note]);
  const [first = '', ...then] = steps.map((step) => changeIn(step, words));
  const changes = [first, ...then.map((change) => change.slice(0, 1).toLowerCase() + change.slice(1))];
  return [changes.join(words.link), ...caveats].join(words.but) + words.end;
}

/** How each change is worded. */
interface Words {
  readonly link: string;
  readonly but: string;
  readonly end: string;
  readonly remove: (at: string) => string;
  readonly add: (at: string, to: string) => string;
  readonly addExample: (at: string, to: string) => string;
  readonly set: (at: string, to: string) => string;
  readonly setExample: (at: string, to: string) => string;
  readonly removeParameter: (at: string) => string;
  readonly parameter: (at: string, to: string) => string;
  readonly path: (at: string, to: string) => string;
  readonly version: (to: string) => string;
  readonly whole: (to: string) => string;
  readonly app: (to: string) => string;
  readonly user: (to: string | null) => string;
  readonly setting: (at: string, to: string) => string;
  readonly again: string;
  readonly wait: (seconds: number) => string;
  readonly notes: Readonly<Record<Exclude<StepNote, 'example'>, string>>;
}

const ENGLISH: Words = {
  link: '; then ',
  but: ', but ',
  end: '.',
  remove: (at) => `Leave out ${at}`,
  add: (at, to) => `Add ${at}: ${to}`,
  addExample: (at, to) => `Add ${at}, e.g. ${to}`,
  set: (at, to) => `Set ${at} to ${to}`,
  setExample: (at, to) => `Set ${at} to another value, e.g. ${to}`,
  removeParameter: (at) => `Leave out the parameter ${at}`,
  parameter: (at, to) => `Send ${at}=${to}`,
  path: (at, to) => `Name ${to} in the path as ${at}`,
  version: (to) => `Use version ${to} of the operation`,
  whole: (to) => `Send it to ${to}`,
  app: (to) => `Send it as the app ${to}`,
  user: (to) => `Send it with a token of ${to === null ? 'the app' : `the employee ${to}`}`,
  setting: (at, to) => `Set ${at} of the company to ${to}`,
  again: 'Send it again with a valid token; it is accepted now',
  wait: (seconds) => `Wait ${String(seconds)} s and send it again`,
  notes: {
    other: 'it asks for something else than was sent, as nothing closer was found',
    drops: 'it leaves out some of what was sent, as nothing closer was found',
  },
};

const CHINESE: Words = {
  link: '；然后',
  but: '，但',
  end: '。',
  remove: (at) => `去掉 ${at}`,
  add: (at, to) => `加上 ${at}：${to}`,
  addExample: (at, to) => `加上 ${at}，例如 ${to}`,
  set: (at, to) => `将 ${at} 改为 ${to}`,
  setExample: (at, to) => `将 ${at} 改为其他值，例如 ${to}`,
  removeParameter: (at) => `去掉参数 ${at}`,
  parameter: (at, to) => `使用参数 ${at}=${to}`,
  path: (at, to) => `路径中的 ${at} 改为 ${to}`,
  version: (to) => `改用该接口的 ${to} 版本`,
  whole: (to) => `发送到 ${to}`,
  app: (to) => `改用应用 ${to}`,
  user: (to) => (to === null ? '改用应用自己的令牌' : `改用员工 ${to} 的令牌`),
  setting: (at, to) => `将公司设置 ${at} 改为 ${to}`,
  again: '使用有效令牌重发，现在可以通过',
  wait: (seconds) => `等待 ${String(seconds)} 秒后重发`,
  notes: {
    other: '这与原请求的对象或意图不同：没有找到更接近的改动',
    drops: '这会丢掉一部分已发送的内容：没有找到更接近的改动',
  },
};

function changeIn(step: NearestStep, words: Words): string {
  switch (step.kind) {
    case 'remove':
      return words.remove(step.at);
    case 'add':
      return (step.note === 'example' ? words.addExample : words.add)(step.at, shown(step.to));
    case 'set':
      return (step.note === 'example' ? words.setExample : words.set)(step.at, shown(step.to));
    case 'query':
      return step.to === undefined ? words.removeParameter(step.at) : words.parameter(step.at, step.to);
    case 'path':
      if (step.at === 'version') return words.version(step.to);
      return step.at === 'path' ? words.whole(step.to) : words.path(step.at, step.to);
    case 'app':
      return words.app(step.to);
    case 'user':
      return words.user(step.to);
    case 'setting':
      return words.setting(step.at, shown(step.to));
    case 'again':
      return words.again;
    case 'wait':
      return words.wait(step.seconds);
  }
}

/** More of a value is not shown in a sentence. */
const MAX_SHOWN = 60;

function shown(value: unknown): string {
  return shortened(JSON.stringify(value), MAX_SHOWN);
}
