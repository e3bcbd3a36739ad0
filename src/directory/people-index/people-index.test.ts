import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { romaniser } from './romanise.ts';
import { emptyEmployee, type Employee } from '../employees/employee.ts';
import { PeopleIndex, type PeopleSort } from './people-index.ts';
import { isFound, searchQueryOf, searchTextOf } from './search-text.ts';
import { sortInSlices } from './sort-slices.ts';

const romanise = await romaniser();
const atOnce = (): undefined => undefined;
const CREATED: PeopleSort = { by: null, descending: false };

function person(id: string, name: string, more: Partial<Employee> = {}): Employee {
  return { ...emptyEmployee(id, { value: name, i18n: {} }, 0), ...more };
}

const zhang = person('e-1', '张三', {
  alias: '小张',
  jobNumber: '10001',
  mobile: { country: '86', number: '13800010001' },
  email: 'zhangsan@hengda.example',
  name: { value: '张三', i18n: { 'en-US': 'Zhang San' } },
});

const finds = (employee: Employee, text: string): boolean => {
  const query = searchQueryOf(text);
  return query !== null && isFound(searchTextOf(employee, romanise), query);
};

describe('a person is found', () => {
  test.each([
    '张',
    '张三',
    '三',
    '小张',
    'zs',
    'ZS',
    'zhangsan',
    'zhang san',
    'Zhang',
    'zhangs',
    'san',
    '0001',
    '10001',
    '13800010001',
    '+8613800010001',
    'zhangsan@',
    'e-1',
  ])('by %j', (text) => {
    expect(finds(zhang, text)).toBe(true);
  });

  test.each(['李', 'hangsan', 'sz', '0002', 'ang', '.*', 'e1 x', '%'])('not by %j', (text) => {
    expect(finds(zhang, text)).toBe(false);
  });

  test('by the reading of a surname, and as two parts of a name', () => {
    expect(finds(person('e', '单雄信'), 'shanxx')).toBe(false);
    expect(finds(person('e', '单雄信'), 'sxx')).toBe(true);
    expect(finds(person('e', '欧阳锋'), 'ouyang')).toBe(true);
    expect(finds(person('e', '欧阳锋'), 'oyf')).toBe(true);
    expect(finds(person('e', 'Jean-Luc Dupont'), 'dupont')).toBe(true);
  });

  test('never by nothing', () => {
    expect(searchQueryOf('   ')).toBeNull();
  });
});

describe('an index of people', () => {
  const people = [
    person('e-1', '张三', {
      jobNumber: '3',
      departments: [{ department: 'd-1' } as never],
      status: 'regular',
      updatedAt: 30,
    }),
    person('e-2', '李四', {
      jobNumber: '1',
      departments: [{ department: 'd-2' } as never],
      status: 'resigned',
      updatedAt: 10,
    }),
    person('e-3', '王五', {
      jobNumber: '2',
      departments: [{ department: 'd-1' } as never],
      frozen: true,
      updatedAt: 20,
    }),
  ];
  const made = (): PeopleIndex => {
    const index = new PeopleIndex(romanise);
    for (const one of people) index.put(one);
    return index;
  };
  const ids = async (index: PeopleIndex, sort = CREATED): Promise<readonly string[]> =>
    (await index.select({}, sort, atOnce)).ids(0, 100);

  test('sorts by pinyin, job number and the last change, both ways', async () => {
    const index = made();
    expect(await ids(index)).toEqual(['e-1', 'e-2', 'e-3']);
    expect(await ids(index, { by: 'name', descending: false })).toEqual(['e-2', 'e-3', 'e-1']);
    expect(await ids(index, { by: 'name', descending: true })).toEqual(['e-1', 'e-3', 'e-2']);
    expect(await ids(index, { by: 'job_number', descending: false })).toEqual(['e-2', 'e-3', 'e-1']);
    expect(await ids(index, { by: 'updated', descending: true })).toEqual(['e-1', 'e-3', 'e-2']);
  });

  test('filters by department and state, and counts those in service', async () => {
    const index = made();
    const found = async (filter: Parameters<PeopleIndex['select']>[0]): Promise<readonly string[]> =>
      (await index.select(filter, CREATED, atOnce)).ids(0, 9);
    expect(await found({ departments: new Set(['d-1']) })).toEqual(['e-1', 'e-3']);
    expect(await found({ statuses: new Set(['resigned']) })).toEqual(['e-2']);
    expect(await found({ statuses: new Set(['frozen', 'resigned']) })).toEqual(['e-2', 'e-3']);
  });

  test('is the same after any changes as one that is made from the people as they are then', async () => {
    const names = fc.constantFrom('张三', '李四', '王五', '单雄信', 'Ann', '');
    const step = fc.record({
      id: fc.integer({ min: 0, max: 20 }),
      name: names,
      job: fc.integer({ min: 0, max: 5 }),
      gone: fc.boolean(),
      look: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const index = new PeopleIndex(romanise);
        const now = new Map<string, Employee>();
        for (const [at, { id, name, job, gone, look }] of steps.entries()) {
          const key = `e-${String(id)}`;
          if (gone) {
            now.delete(key);
            index.remove(key);
          } else {
            const one = person(key, name, { jobNumber: String(job), updatedAt: at });
            now.set(key, one);
            index.put(one);
          }
          // Orders that are there are kept up to date.
          if (look) await index.select({}, { by: 'name', descending: false }, atOnce);
        }
        for (const by of ['name', 'job_number', 'updated'] as const) {
          const sorted = await ids(index, { by, descending: false });
          const key = (one: Employee): string =>
            by === 'name'
              ? searchTextOf(one, romanise).order
              : by === 'job_number'
                ? (one.jobNumber ?? '')
                : String(one.updatedAt).padStart(9, '0');
          const keys = sorted.map((id) => key(now.get(id) as Employee));
          expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
          expect(new Set(sorted)).toEqual(new Set(now.keys()));
          expect(sorted).toHaveLength(now.size);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('numbers sorted in slices are sorted as at once', async () => {
  for (const length of [0, 1, 4_095, 4_096, 4_097, 20_000]) {
    const numbers = Uint32Array.from({ length }, (_none, index) => (index * 2_654_435_761) % 1_000_003);
    const expected = numbers.slice().sort();
    await sortInSlices(numbers, (one, other) => one - other, atOnce);
    expect(numbers).toEqual(expected);
  }
});
