import type { Tenant } from '../../../directory/tenant.ts';
import { cityTable, type City } from './city-table.ts';
import { settingsOf } from './settings.ts';
import { spaces } from './ids.ts';

/** What a search for cities is by; all that is given must hold. */
export interface CitySearch {
  /** Part of the name, without 省, 市, 县 [public: basedata/get-basedata-city.md]. */
  readonly name: string;
  /** The national code. */
  readonly code: string;
  /** Hose's own id of what is above. */
  readonly parentId: string;
}

/** A city with those of its children that are listed. */
interface Branch {
  readonly city: City;
  readonly children: readonly Branch[];
}

/** The trees, from the province down, of what is found and of everything below it. */
export function citiesFound(search: CitySearch): readonly object[] {
  const { name, code, parentId } = search;
  if (name === '' && code === '' && parentId === '') return []; // one is needed; nothing is found by none [proposed]
  return cityTable().provinces.flatMap((province) => {
    const branch = branchOf(province, search);
    return branch === null ? [] : [showBranch(branch)];
  });
}

function branchOf(city: City, search: CitySearch): Branch | null {
  if (isFound(city, search)) return whole(city);
  const children = city.children.flatMap((child) => branchOf(child, search) ?? []);
  return children.length === 0 ? null : { city, children };
}

function whole(city: City): Branch {
  return { city, children: city.children.map(whole) };
}

function isFound(city: City, { name, code, parentId }: CitySearch): boolean {
  if (name !== '' && city.name !== name && !city.name.replace(/[省市县区]$/u, '').includes(name)) return false;
  if (code !== '' && city.code !== code) return false;
  return parentId === '' || city.parent?.id === parentId;
}

/** One city with everything below it; null where there is none with that id. */
export function findCity(id: string): object | null {
  const city = cityTable().byId.get(id);
  return city === undefined ? null : showBranch(whole(city));
}

/** `中国, 江西省, 南昌市` [public: basedata/get-basedata-city.md]. */
function fullNameOf(city: City | null): string {
  return city === null ? '中国' : `${fullNameOf(city.parent)}, ${city.name}`;
}

function showBranch({ city, children }: Branch): object {
  return {
    id: city.id,
    version: 1,
    active: true,
    createTime: TABLE_TIME,
    updateTime: TABLE_TIME,
    name: city.name,
    nameSpell: null,
    code: city.code,
    corporationId: '',
    enName: null,
    enFullName: null,
    fullName: fullNameOf(city),
    country: '国内',
    parentId: city.parent?.id ?? '',
    treeLevel: city.treeLevel,
    extendInfo: null,
    haveFlight: false,
    haveTrain: false,
    flightList: [],
    trainList: [],
    isLast: city.children.length === 0,
    isRuleNode: false,
    children: children.map(showBranch),
  };
}

/** When the table's edition of GB/T 2260 was made; it never changes while a server runs [proposed]. */
const TABLE_TIME = Date.UTC(2024, 0, 1);

/** Whether a company that is strict about cities knows this one: in the table, or in its own list [proposed]. */
export function knowsCity(id: string, tenant: Tenant): boolean {
  if (!settingsOf(tenant).strictCities) return true;
  return tenant.catalog('city').by(spaces.entry, id) !== undefined || cityTable().byId.has(id);
}
