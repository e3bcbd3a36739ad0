import type { ReactNode } from 'react';
import { useSession } from '../../api/session.ts';
import { useWords } from '../../words/language.tsx';

const words = {
  noCalls: {
    zh: '此服务器没有打开沙箱，不保存调用记录，因此这里看不到调用。以 MINGCE_SANDBOX=on 启动即可。',
    en: 'The sandbox of this server is off, so calls are not kept and none is shown here. Start it with MINGCE_SANDBOX=on.',
  },
  noSending: {
    zh: '此服务器的沙箱是 {mode}，不能从这里发送平台调用。以 MINGCE_SANDBOX=on 启动；或用表格导入、公司文件更改。',
    en: 'The sandbox of this server is {mode}, so no call is sent from here. Start it with MINGCE_SANDBOX=on, or make the change with a table or the company file.',
  },
} as const;

/** Whether the server keeps the calls that it answers; while that is not known it is taken for yes. */
export function useKeepsCalls(): boolean {
  return useSession()?.sandbox !== 'off';
}

/** Whether pages may send calls of a platform; while that is not known it is taken for yes. */
export function useMaySend(): boolean {
  return (useSession()?.sandbox ?? 'on') === 'on';
}

/** Says why no calls are shown. */
export function NoCallsKept(): ReactNode {
  const say = useWords(words);
  return <p className="band verdict-warn">{say('noCalls')}</p>;
}

/** Says why nothing is changed by a call, and what does it instead. */
export function NoSending(): ReactNode {
  const say = useWords(words);
  return <p className="band verdict-warn">{say('noSending', { mode: useSession()?.sandbox ?? 'off' })}</p>;
}
