import type { DepartmentInFile } from '../schema.ts';
import { elementAt } from './random.ts';
import { BRANCHES, LEVEL_WORDS, type Branch } from './vocabulary.ts';

const PEOPLE_PER_DEPARTMENT = 50;
const DEEPEST = 6;

/**
 * A tree of departments without a list of them: each is found from its number by arithmetic. Number 0 is the root, and
 * the parent of each has a smaller number.
 */
export class PlausibleTree {
  readonly size: number;
  /** How many departments lie directly below one. */
  readonly #width: number;

  constructor(people: number) {
    this.size = Math.max(1, Math.round(people / PEOPLE_PER_DEPARTMENT));
    this.#width = widthFor(this.size);
  }

  /** The number of the department above; null for the root. */
  parentOf(number: number): number | null {
    return number === 0 ? null : Math.floor((number - 1) / this.#width);
  }

  /** How many departments lie above. */
  depthOf(number: number): number {
    let depth = 0;
    for (let up = this.parentOf(number); up !== null; up = this.parentOf(up)) depth++;
    return depth;
  }

  isLeaf(number: number): boolean {
    return number * this.#width + 1 >= this.size;
  }

  /** The branch of the company that the department is, or belongs to; the root's is the last. */
  branchOf(number: number): Branch {
    let top = number;
    for (let up = this.parentOf(top); up !== null && up > 0; up = this.parentOf(top)) top = up;
    return number === 0 ? elementAt(BRANCHES, BRANCHES.length - 1) : elementAt(BRANCHES, (top - 1) % BRANCHES.length);
  }

  /** The department as a company file describes it. */
  department(number: number, company: { readonly zh: string; readonly en: string }): DepartmentInFile {
    const parent = this.parentOf(number);
    const [zh, en] = number === 0 ? [company.zh, company.en] : this.#name(number);
    return {
      id: departmentId(number),
      name: { value: zh, i18n: { 'en-US': en } },
      ...(parent === null ? {} : { parent: departmentId(parent) }),
      code: String(number + 1).padStart(5, '0'),
      order: number,
    };
  }

  #name(number: number): readonly [zh: string, en: string] {
    const [zh, en] = this.branchOf(number).name;
    const depth = this.depthOf(number);
    if (depth === 1) {
      const round = Math.floor((number - 1) / BRANCHES.length);
      return round === 0 ? [zh, en] : [`${zh}${String(round + 1)}`, `${en} ${String(round + 1)}`];
    }
    const [word, english] = elementAt(LEVEL_WORDS, Math.min(depth - 2, LEVEL_WORDS.length - 1));
    const stem = zh.replace('中心', '');
    return [`${stem}${String(number)}${word}`, `${en} ${english} ${String(number)}`];
  }
}

/** Own id of a department. */
export function departmentId(number: number): string {
  return number === 0 ? 'root' : `d${String(number).padStart(5, '0')}`;
}

/** The narrowest tree that is deep enough to be plausible and holds so many within the depth. */
function widthFor(size: number): number {
  for (let width = 4; ; width++) {
    let holds = 0;
    for (let level = 0, wide = 1; level < DEEPEST; level++, wide *= width) holds += wide;
    if (holds >= size) return width;
  }
}
