import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { useLanguage, useWords, type Words } from '../../words/language.tsx';
import { Platform } from '../platform/platform.tsx';
import { Failure } from '../state/states.tsx';
import { Time, useZone } from '../time/time.tsx';
import { ChangeFields } from './change-fields.tsx';
import { wordOf } from '../record/field-values.tsx';
import { useRecordValues } from '../record/record-values.tsx';
import { ChangedThing } from './changed-thing.tsx';

const words = {
  undo: { zh: '撤销', en: 'Undo' },
  undone: { zh: '已撤销 {n} 处。', en: '{n} {n|change|changes} taken back.' },
  undoFailed: { zh: '撤销失败。', en: 'Not taken back.' },
  takesBack: { zh: '撤销变更 {n}', en: 'takes back {n}' },
  created: { zh: '{n} 个字段', en: '{n} {n|field|fields}' },
} as const;

/** What changes the record besides the calls of the platforms. */
const OPERATIONS: Words = {
  apply: { zh: '应用公司文件', en: 'company file applied' },
  undo: { zh: '撤销', en: 'undo' },
  'snapshot.restore': { zh: '恢复快照', en: 'snapshot restored' },
  reset: { zh: '重置公司', en: 'reset' },
  fork: { zh: '复制为新公司', en: 'fork' },
  table: { zh: '导入表格', en: 'table imported' },
  'catalogues.add': { zh: '添加基础数据', en: 'entry added' },
  'catalogues.edit': { zh: '更改基础数据', en: 'entry changed' },
  'catalogues.remove': { zh: '删除基础数据', en: 'entry removed' },
  'fields.add': { zh: '添加字段', en: 'field added' },
  'fields.edit': { zh: '更改字段', en: 'field changed' },
  'fields.remove': { zh: '删除字段', en: 'field removed' },
  'apps.edit': { zh: '更改应用', en: 'app changed' },
  'apps.rotate': { zh: '更换密钥', en: 'new secret' },
};

/** Whether no call of a platform made a change, so that there is none to look at. */
function isOurs({ platform }: ChangeLine): boolean {
  return platform === 'company-file' || platform === 'admin' || platform === 'import';
}

/** A change of more fields is folded. */
const MAX_FIELDS = 6;

/** Changes, newest first, each with its undo. */
export function ChangeList({
  company,
  changes,
}: {
  readonly company: string;
  readonly changes: readonly ChangeLine[];
}): ReactNode {
  const [said, setSaid] = useState('');
  return (
    <>
      <p role="status" className="quiet">
        {said}
      </p>
      <ol className="card changes">
        {changes.map((change) => (
          <li key={change.number}>
            <Change change={change} company={company} said={setSaid} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Change({
  change,
  company,
  said,
}: {
  readonly change: ChangeLine;
  readonly company: string;
  readonly said: (sentence: string) => void;
}): ReactNode {
  const say = useWords(words);
  const { language } = useLanguage();
  const zone = useZone(company);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: () => api('changes.undo', { params: { key: company, number: String(change.number) }, body: {} }),
    onSuccess: async ({ undone }) => {
      said(say('undone', { n: undone.length }));
      await queries.invalidateQueries({ queryKey: ['c', company, 'record'] });
    },
  });
  const shown = useRecordValues(company);
  const operation = isOurs(change) ? wordOf(OPERATIONS, change.operation, language) : change.operation;
  const names = Object.keys(change.fields);
  return (
    <div className="change">
      <Time at={change.at} zone={zone} />
      <span className="change-by">
        <Platform name={change.platform} letterOnly /> <span className="clip">{operation}</span>
      </span>
      <div className="grow stack-tight">
        <span className="row wrap">
          <strong>
            <ChangedThing company={company} change={change} />
          </strong>
          {change.undoes !== null && (
            <span className="verdict verdict-quiet">{say('takesBack', { n: change.undoes })}</span>
          )}
          {!isOurs(change) && (
            <Link className="code small" to="/c/$company/calls/$id" params={{ company, id: change.request }}>
              {change.request.slice(0, 8)}
            </Link>
          )}
        </span>
        {names.length > MAX_FIELDS ? (
          <details>
            <summary>{say('created', { n: names.length })}</summary>
            <ChangeFields fields={change.fields} shown={shown} kind={change.kind} />
          </details>
        ) : (
          <ChangeFields fields={change.fields} shown={shown} kind={change.kind} />
        )}
        {undo.error !== null && <Failure what={say('undoFailed')} error={undo.error} />}
      </div>
      <Button size="small" disabled={!mayWrite} loading={undo.isPending} onClick={() => undo.mutate()}>
        {say('undo')}
        <span className="only-read"> {change.number}</span>
      </Button>
    </div>
  );
}
