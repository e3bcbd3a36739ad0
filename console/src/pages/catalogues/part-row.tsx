import { Button, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PartInFile } from '../../../../src/http/admin/catalogues/contract.ts';
import type { PartPlace } from '../../api/catalogue-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { useWords } from '../../words/language.tsx';
import { Options } from './options.tsx';
import { isEnabled, nameOf, optionsOf, platformIds, SECOND, type PartWork } from './part.ts';
import { PeopleHavingIt } from './people-having.tsx';
import { Rename } from './rename.tsx';
import { catalogueWords, listName } from './words.ts';

/** One entry or field: renamed, switched off, removed, and who has it. */
export function PartRow({
  place,
  part,
  canChange,
  act,
}: {
  readonly place: PartPlace;
  readonly part: PartInFile;
  readonly canChange: boolean;
  readonly act: (work: PartWork) => Promise<boolean>;
}): ReactNode {
  const say = useWords(catalogueWords);
  const [open, setOpen] = useState<'who' | 'rename' | null>(null);
  const { id } = part;
  const text = nameOf(part);
  const name = visible(text.value);
  const enabled = isEnabled(part);
  const type = part['type'];
  const options = optionsOf(part);
  const edit = (body: object): Promise<boolean> => act({ kind: 'edit', id, body });
  return (
    <tr>
      <td className="catalogues-name">
        {open === 'rename' ? (
          <Rename
            text={text}
            canSave={canChange}
            save={async (next) => {
              if (await edit({ name: next })) setOpen(null);
            }}
            cancel={() => {
              setOpen(null);
            }}
          />
        ) : (
          <>
            <strong>{name}</strong>
            <p className="small quiet">
              {text.i18n[SECOND] !== undefined && `${visible(text.i18n[SECOND])} · `}
              <span className="code">{visible(id)}</span>
            </p>
          </>
        )}
        {options.length > 0 && <Options name={name} options={options} canChange={canChange} edit={edit} />}
        {open === 'who' && <PeopleHavingIt place={place} />}
      </td>
      <td>
        {type === undefined ? (
          <span className="code">{visible(typeof part['code'] === 'string' ? part['code'] : '–')}</span>
        ) : (
          <TypeOf part={part} />
        )}
      </td>
      <td>
        <ul className="stack-tight">
          {platformIds(part).map(([platform, own]) => (
            <li key={platform} className="row">
              <Platform name={platform} letterOnly /> <span className="code">{visible(own)}</span>
            </li>
          ))}
        </ul>
      </td>
      <td>
        <span className="row catalogues-on">
          <Switch
            size="small"
            aria-label={say('switchOf', { name })}
            checked={enabled}
            disabled={!canChange}
            onChange={(next) => {
              void edit({ enabled: next });
            }}
          />
          {say(enabled ? 'on' : 'off')}
        </span>
      </td>
      <td className="catalogues-act">
        <span className="row wrap">
          <Button
            aria-label={say('whoOf', { name })}
            aria-expanded={open === 'who'}
            onClick={() => {
              setOpen(open === 'who' ? null : 'who');
            }}
          >
            {say('who')}
          </Button>
          <Button
            aria-label={say('renameOf', { name })}
            disabled={!canChange}
            onClick={() => {
              setOpen('rename');
            }}
          >
            {say('rename')}
          </Button>
          <ConfirmButton
            ask={say('removeAsk', { name })}
            confirm={say('remove')}
            disabled={!canChange}
            act={async () => {
              await act({ kind: 'remove', id });
            }}
          >
            {say('remove')}
          </ConfirmButton>
        </span>
      </td>
    </tr>
  );
}

function TypeOf({ part }: { readonly part: PartInFile }): ReactNode {
  const say = useWords(catalogueWords);
  const type = String(part['type']);
  const known = Object.hasOwn(catalogueWords, type);
  return (
    <>
      {known ? say(type as keyof typeof catalogueWords) : visible(type)}
      {typeof part['catalog'] === 'string' && <p className="small quiet">{visible(listName(part['catalog'], say))}</p>}
    </>
  );
}
