import type { LocalText } from '../text.ts';

/** One unit of a tenant's tree. The tree has exactly one root. */
export interface Department {
  /** Own stable id; no platform's. */
  readonly id: string;
  readonly name: LocalText;
  /** The parent's id; null for the root alone. */
  readonly parent: string | null;
  /** Its ids on the platforms, keyed by id space. */
  readonly ids: Readonly<Record<string, string>>;
  /** A number people give it; may be empty and may repeat. */
  readonly code: string;
  readonly enabled: boolean;
  /** A department for people from outside the company. */
  readonly external: boolean;
  /** Rank among its siblings; which end comes first is the platform's affair. */
  readonly order: number;
  readonly leaders: readonly DepartmentLeader[];
  readonly createdAt: number;
  readonly updatedAt: number;
  /** What one platform alone knows, keyed by dialect. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** One who leads a department. */
export interface DepartmentLeader {
  readonly employee: string;
  readonly deputy: boolean;
}

/** A tenant's departments, found by any of their ids. */
export class DepartmentTree {
  readonly all: readonly Department[];
  readonly root: Department;
  readonly #byId = new Map<string, Department>();
  readonly #byPlatformId = new Map<string, Department[]>();
  readonly #byCode = new Map<string, Department[]>();
  readonly #children = new Map<string, Department[]>();

  constructor(departments: readonly Department[]) {
    this.all = departments;
    for (const department of departments) {
      this.#byId.set(department.id, department);
      push(this.#byCode, department.code, department);
      if (department.parent !== null) push(this.#children, department.parent, department);
      for (const [space, value] of Object.entries(department.ids))
        push(this.#byPlatformId, `${space} ${value}`, department);
    }
    const root = departments.find((department) => department.parent === null);
    if (root === undefined) throw new Error('a tenant without a root department');
    this.root = root;
  }

  get(id: string): Department | undefined {
    return this.#byId.get(id);
  }

  /** The department with this id in a platform's id space. */
  by(space: string, value: string): Department | undefined {
    return this.#byPlatformId.get(`${space} ${value}`)?.[0];
  }

  /** All departments that carry the code. */
  withCode(code: string): readonly Department[] {
    return this.#byCode.get(code) ?? [];
  }

  childrenOf(id: string): readonly Department[] {
    return this.#children.get(id) ?? [];
  }

  /** Returns everything below a department, level by level; siblings as they are kept, or in an order. */
  descendantsOf(id: string, order?: (one: Department, other: Department) => number): readonly Department[] {
    const siblings = (parent: string): readonly Department[] =>
      order === undefined ? this.childrenOf(parent) : this.childrenOf(parent).toSorted(order);
    const found = [...siblings(id)];
    // Grows while it is gone through.
    for (const one of found) for (const child of siblings(one.id)) found.push(child);
    return found;
  }

  /** From the root down to the department itself. */
  pathTo(id: string): readonly Department[] {
    const path: Department[] = [];
    for (let at = this.get(id); at !== undefined; at = at.parent === null ? undefined : this.get(at.parent)) {
      path.push(at);
      if (path.length > this.all.length) throw new Error('a loop of departments');
    }
    return path.reverse();
  }

  /** Whether the department is one of those named, or lies below one of them. */
  isWithin(id: string, ancestors: ReadonlySet<string>): boolean {
    return this.pathTo(id).some((department) => ancestors.has(department.id));
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
