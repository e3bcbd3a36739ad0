import { Tree } from 'antd';
import { memo, type ReactNode } from 'react';
import type { DepartmentRow } from '../../../../src/http/admin/people/contract.ts';
import { useOpenTree } from '../../ui/people/open-tree.tsx';
import { useWords } from '../../words/language.tsx';
import { peopleWords } from './words.ts';

/** The departments as a tree, with how many people are in each and below; choosing none shows everyone. */
export const DepartmentTree = memo(function DepartmentTree({
  departments,
  chosen,
  choose,
}: {
  readonly departments: readonly DepartmentRow[];
  readonly chosen: string;
  readonly choose: (department: string) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const isChosen = chosen !== '';
  const tree = useOpenTree(departments, isChosen ? chosen : undefined, { className: 'people-department' });
  return (
    <>
      <button
        type="button"
        className="plain-button people-everyone"
        aria-pressed={!isChosen}
        onClick={() => {
          choose('');
        }}
      >
        {say('everyone')}
      </button>
      <p className="small quiet people-counted">{say('counted')}</p>
      <Tree
        aria-label={say('departments')}
        blockNode
        {...tree}
        selectedKeys={isChosen ? [chosen] : []}
        onSelect={([key]) => {
          choose(key === undefined ? '' : String(key));
        }}
      />
    </>
  );
});
