import { Tree } from 'antd';
import { memo, useMemo, type ReactNode } from 'react';
import type { DepartmentRow } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { useWords } from '../../words/language.tsx';
import { peopleWords } from './words.ts';

interface Node {
  readonly key: string;
  readonly title: ReactNode;
  readonly children: Node[];
}

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
  const { roots, open } = useMemo(() => treeOf(departments), [departments]);
  return (
    <>
      <button
        type="button"
        className="plain-button people-everyone"
        aria-pressed={chosen === ''}
        onClick={() => {
          choose('');
        }}
      >
        {say('everyone')}
      </button>
      <Tree
        aria-label={say('departments')}
        blockNode
        treeData={roots}
        defaultExpandedKeys={open}
        selectedKeys={chosen === '' ? [] : [chosen]}
        onSelect={([key]) => {
          choose(key === undefined ? '' : String(key));
        }}
      />
    </>
  );
});

/** Each department comes after its parent; the first two levels are open. */
function treeOf(departments: readonly DepartmentRow[]): { readonly roots: Node[]; readonly open: string[] } {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const { id, parent, name, people_below: people } of departments) {
    const title = (
      <span className="people-department">
        <span className="clip grow">{visible(name)}</span> <span className="quiet small">{people}</span>
      </span>
    );
    const node: Node = { key: id, title, children: [] };
    nodes.set(id, node);
    const above = parent === null ? undefined : nodes.get(parent);
    if (above === undefined) roots.push(node);
    else above.children.push(node);
  }
  return { roots, open: roots.map(({ key }) => key) };
}
