import type { TreeProps } from 'antd';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { visible } from '../code/visible.ts';
import { allAbove, belowEach, type Branch } from './department-branches.ts';

/** A department as a tree shows it. */
interface OpenNode {
  readonly key: string;
  readonly title: ReactNode;
  /** False where there is something below that is made once the department is opened. */
  readonly isLeaf?: false;
  readonly children: OpenNode[];
}

/** The part of a tree's properties that says what is in it, and what is open. */
interface OpenTree extends Required<Pick<TreeProps, 'onExpand'>> {
  readonly treeData: OpenNode[];
  readonly expandedKeys: string[];
}

/** A company of up to so many departments can be shown whole. */
const MOST_WHOLE = 200;

/**
 * Returns what a tree of departments shows: those below open ones. Given all of 20,000 departments, the tree would hold the page for a
 * second. Open are the first level and what is above the chosen one, or all of a small company if it is shown whole.
 */
export function useOpenTree(
  departments: readonly Branch[],
  chosen: string | undefined,
  { className, isWhole = false }: { readonly className: string; readonly isWhole?: boolean },
): OpenTree {
  const [byHand, setByHand] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { roots, below } = useMemo(() => belowEach(departments), [departments]);
  const open = useMemo(() => {
    if (isWhole && departments.length <= MOST_WHOLE) return new Set(below.keys());
    const toChosen = chosen === undefined ? [] : allAbove(departments, chosen);
    // What is made below the chosen one is seen, where departments are made.
    return new Set([...roots.map(({ id }) => id), ...toChosen, ...(isWhole && chosen !== undefined ? [chosen] : [])]);
  }, [below, chosen, departments, isWhole, roots]);
  const shown = useMemo(() => {
    const expandedKeys: string[] = [];
    const nodeOf = ({ id, name, people_below: people }: Branch): OpenNode => {
      const inside = below.get(id) ?? [];
      const isOpen = byHand.get(id) ?? open.has(id);
      if (isOpen) expandedKeys.push(id);
      const title = (
        <span className={className}>
          <span className="clip grow">{visible(name)}</span> <span className="quiet small">{people}</span>
        </span>
      );
      if (!isOpen && inside.length > 0) return { key: id, title, isLeaf: false, children: [] };
      return { key: id, title, children: inside.map(nodeOf) };
    };
    return { treeData: roots.map(nodeOf), expandedKeys };
  }, [below, byHand, className, open, roots]);
  const onExpand = useCallback<OpenTree['onExpand']>((_keys, { node, expanded }) => {
    setByHand((before) => new Map([...before, [String(node.key), expanded]]));
  }, []);
  return { ...shown, onExpand };
}
