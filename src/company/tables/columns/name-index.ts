import type { CatalogName } from '../../../directory/catalog.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { didYouMean } from '../../../lib/did-you-mean.ts';
import type { CellProblem } from './cell-problem.ts';

/** What a table may name of a company: departments and entries of lists, by everything that people call them. */
export class NameIndex {
  readonly #tenant: Tenant;
  readonly #ownSpace: string | null;
  readonly #departments = new Map<string, Set<string>>();

  /** `ownSpace` is the id space of departments that the table has, where it is a platform's own. */
  constructor(tenant: Tenant, ownSpace: string | null) {
    this.#tenant = tenant;
    this.#ownSpace = ownSpace;
    for (const department of tenant.departments.all) {
      for (const name of [
        department.name.value,
        department.code,
        this.pathOf(department.id),
        ...Object.values(department.ids),
      ]) {
        if (name === '') continue;
        const found = this.#departments.get(name);
        if (found === undefined) this.#departments.set(name, new Set([department.id]));
        else found.add(department.id);
      }
    }
  }

  /** The department as a table names it, from the top, e.g. `恒达科技/研发中心`. */
  pathOf(id: string): string {
    return this.#tenant.departments
      .pathTo(id)
      .map(({ name }) => name.value.replaceAll('/', '／'))
      .join('/');
  }

  department(name: string): string | CellProblem {
    const { departments } = this.#tenant;
    const own: Department | undefined =
      (this.#ownSpace === null ? undefined : departments.by(this.#ownSpace, name)) ?? departments.get(name);
    if (own !== undefined) return own.id;
    const found = [...(this.#departments.get(name) ?? [])];
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) {
      const paths = found.slice(0, 3).map((id) => this.pathOf(id));
      return {
        en: `Several departments are called ${name}; write the whole path.`,
        zh: `有多个部门叫「${name}」，请写完整路径。`,
        did_you_mean: paths,
      };
    }
    const close = didYouMean(
      name,
      departments.all.map((department) => department.name.value),
    );
    return { en: `There is no department ${name}.`, zh: `部门「${name}」不存在。`, ...meant(close) };
  }

  entry(catalog: CatalogName, name: string): string | CellProblem {
    const list = this.#tenant.catalog(catalog);
    const entry =
      list.get(name) ??
      list.named(name) ??
      list.all.find(
        ({ ids, code, name: { i18n } }) =>
          code === name || Object.values(ids).includes(name) || Object.values(i18n).includes(name),
      );
    if (entry !== undefined) return entry.id;
    const close = didYouMean(
      name,
      list.all.map((one) => one.name.value),
    );
    return { en: `The list has no entry ${name}.`, zh: `列表中没有「${name}」。`, ...meant(close) };
  }

  /** The name of an entry, or its id where another has the same name. */
  nameOf(catalog: CatalogName, id: string): string {
    const list = this.#tenant.catalog(catalog);
    const name = list.get(id)?.name.value;
    return name !== undefined && name !== '' && list.named(name)?.id === id ? name : id;
  }
}

function meant(names: readonly string[]): Pick<CellProblem, 'did_you_mean'> {
  return names.length === 0 ? {} : { did_you_mean: names };
}
