import { Checkbox, Select } from 'antd';
import type { ReactNode } from 'react';
import type { ImportView } from '../../../../src/company/tables/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { useWords } from '../../words/language.tsx';
import { importWords } from './words.ts';

/** Which sheet of a workbook is read, which are not, and whether rows that it hides are. */
export function TableSource({
  view,
  isFixed,
  chooseSheet,
  skipHidden,
}: {
  readonly view: ImportView;
  readonly isFixed: boolean;
  readonly chooseSheet: (name: string) => void;
  readonly skipHidden: (isSkipped: boolean) => void;
}): ReactNode {
  const say = useWords(importWords);
  const { sheet, other_sheets: others, guessed_encoding: encoding, counts, skips_hidden: isSkipped } = view;
  const hidden = counts?.hidden ?? 0;
  const labelOf = (name: string, isHidden: boolean): string =>
    isHidden ? say('hiddenSheet', { name: visible(name) }) : visible(name);
  return (
    <>
      {encoding !== null && <p className="quiet">{say('guessed', { encoding })}</p>}
      {sheet !== null && others.length === 0 && <p className="quiet">{say('sheetRead', { name: visible(sheet) })}</p>}
      {sheet !== null && others.length > 0 && (
        <div className="stack-tight">
          <label className="row wrap">
            <span>{say('sheet')}</span>
            <Select
              className="import-field"
              aria-label={say('sheet')}
              disabled={isFixed}
              value={sheet}
              options={[{ name: sheet, hidden: false }, ...others].map(({ name, hidden: isHidden }) => ({
                value: name,
                label: labelOf(name, isHidden),
              }))}
              onChange={chooseSheet}
            />
          </label>
          <p className="band verdict-warn" role="status">
            {say('notRead', {
              count: others.length,
              names: others.map(({ name, hidden: isHidden }) => labelOf(name, isHidden)).join(say('comma')),
            })}
          </p>
        </div>
      )}
      {(hidden > 0 || isSkipped) && (
        <div className="stack-tight">
          {hidden > 0 && (
            // What was chosen is no warning.
            <p className={isSkipped ? 'quiet' : 'band verdict-warn'} role="status">
              {say(isSkipped ? 'hiddenSkipped' : 'hiddenRead', { n: hidden })}
            </p>
          )}
          <Checkbox
            checked={isSkipped}
            disabled={isFixed}
            onChange={({ target }) => {
              skipHidden(target.checked);
            }}
          >
            {say('skipHidden')}
          </Checkbox>
        </div>
      )}
    </>
  );
}
