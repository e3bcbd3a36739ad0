import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { visible } from '../../ui/code/visible.ts';
import { useWords } from '../../words/language.tsx';
import { renamed } from './part.ts';
import { catalogueWords, FIELD_TYPES, listName } from './words.ts';

const BLANK = { id: '', name: '', second: '', feishuKey: '', wecomId: '', hoseName: '', optionNames: '' } as const;
type Draft = Readonly<Record<keyof typeof BLANK, string>>;

/** A form that adds a field of the company's own, and says what each platform calls it. */
export function NewField({
  canAdd,
  lists,
  add,
}: {
  readonly canAdd: boolean;
  readonly lists: readonly string[];
  readonly add: (body: object) => Promise<boolean>;
}): ReactNode {
  const say = useWords(catalogueWords);
  const [draft, setDraft] = useState<Draft>(BLANK);
  const [type, setType] = useState<(typeof FIELD_TYPES)[number]>('text');
  const [catalog, setCatalog] = useState(lists[0] ?? '');
  const input = (member: keyof Draft, example?: 'feishuKeyShort' | 'hoseNameShort'): ReactNode => (
    <Input
      className="catalogues-input"
      aria-label={say(member)}
      placeholder={say(example ?? member)}
      disabled={!canAdd}
      value={draft[member]}
      onChange={({ target }) => {
        setDraft({ ...draft, [member]: target.value });
      }}
    />
  );
  const hasOptions = type === 'choice' || type === 'choices';
  const send = async (): Promise<void> => {
    if (await add(bodyOf(draft, type, type === 'reference' ? catalog : undefined))) setDraft(BLANK);
  };
  return (
    <form
      className="stack-tight"
      aria-label={say('addTo', { list: say('fields') })}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.name !== '') void send();
      }}
    >
      <div className="row wrap">
        {input('name')}
        {input('second')}
        {input('id')}
        <Select
          className="catalogues-input"
          aria-label={say('type')}
          disabled={!canAdd}
          value={type}
          options={FIELD_TYPES.map((value) => ({ value, label: say(value) }))}
          onChange={setType}
        />
        {hasOptions && input('optionNames')}
        {type === 'reference' && (
          <Select
            className="catalogues-input"
            aria-label={say('list')}
            disabled={!canAdd}
            value={catalog}
            options={lists.map((value) => ({ value, label: visible(listName(value, say)) }))}
            onChange={setCatalog}
          />
        )}
      </div>
      <div className="row wrap">
        {input('feishuKey', 'feishuKeyShort')}
        {input('wecomId')}
        {input('hoseName', 'hoseNameShort')}
        <Button type="primary" htmlType="submit" disabled={!canAdd || draft.name === ''}>
          {say('add')}
        </Button>
      </div>
    </form>
  );
}

/** The field as the company file has it; a platform that is not named does not know it. */
function bodyOf(draft: Draft, type: string, catalog: string | undefined): object {
  const names = draft.optionNames
    .split(/[,，]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const fieldid = Number(draft.wecomId);
  return {
    ...(draft.id === '' ? {} : { id: draft.id }),
    name: renamed({ value: draft.name, i18n: {} }, draft.name, draft.second),
    type,
    ...(catalog === undefined ? {} : { catalog }),
    ...(names.length === 0 ? {} : { options: names.map((name, at) => ({ id: `o-${String(at + 1)}`, name })) }),
    ...(draft.feishuKey === '' ? {} : { feishu: { field_key: draft.feishuKey } }),
    // What is no number is refused by the server, in its words.
    ...(draft.wecomId === '' ? {} : { wecom: { fieldid: Number.isNaN(fieldid) ? draft.wecomId : fieldid } }),
    ...(draft.hoseName === '' ? {} : { hose: { name: draft.hoseName } }),
  };
}
