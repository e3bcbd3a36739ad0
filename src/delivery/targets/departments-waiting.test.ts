import { expect, test } from 'vitest';
import type { Link } from '../../directory/targets/target-store.ts';
import { departmentsAgreed, departmentsWaiting } from './departments-waiting.ts';
import type { OwnCompany } from './own-people.ts';

const department = (id: string, parent: string | null, name: string): OwnCompany['departments'][number] =>
  ({ id, parent, name: { value: name }, code: '', ids: {} }) as unknown as OwnCompany['departments'][number];
const link = (subject: string, base: Link['base'] = null): Link => ({
  kind: 'department',
  subject,
  liveId: `live ${subject}`,
  matchedBy: 'path',
  state: 'linked',
  base,
  baseAt: null,
  delivered: 0,
});

const own = [department('root', null, '恒达'), department('rd', 'root', '研发'), department('qa', 'rd', '测试')];
const live = [
  { id: 'live root', parent: null, name: '别名', code: '' },
  { id: 'live rd', parent: 'live root', name: '研发', code: '' },
  { id: 'live qa', parent: 'live root', name: '测试', code: '' },
];
const ownOf = new Map(live.map(({ id }) => [id, id.slice('live '.length)]));

test('what both sides have of a department is agreed, and nothing of the root', () => {
  const agreed = departmentsAgreed(
    own,
    live,
    ownOf,
    ['root', 'rd', 'qa'].map((id) => link(id)),
  );
  expect(agreed.map(({ subject, fields }) => [subject, fields])).toEqual([
    ['rd', { name: '研发', parent: null }],
    ['qa', { name: '测试' }],
  ]);
  const known = [link('rd', { name: '研发', parent: null }), link('qa', { name: '测试' })];
  expect(departmentsAgreed(own, live, ownOf, known)).toEqual([]);
});

test('a department that was renamed or moved here since waits, and one that never agreed does not', () => {
  const links = [link('rd', { name: '研发', parent: null }), link('qa', { name: '测试', parent: 'rd' })];
  expect(departmentsWaiting(own, links)).toEqual([]);
  const changed = [
    department('root', null, '恒达'),
    department('rd', 'root', '研究'),
    department('qa', 'root', '测试'),
  ];
  expect(departmentsWaiting(changed, links)).toEqual(['rd', 'qa']);
  expect(departmentsWaiting(changed, [link('rd'), { ...link('qa', { name: '旧' }), state: 'ignored' }])).toEqual([]);
});
