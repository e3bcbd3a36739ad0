import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from './hose-client.ts';

/* Versions of paths, pages and methods: contract hose-more.md 1. */

let directory: TestDirectory;
let hose: Client;
async function open(settings = '', more = ''): Promise<void> {
  directory = await openTestDirectory({ companies: [corporationA(settings, more), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
}
beforeEach(() => open());
afterEach(() => directory.close());

const unknownPath = failure(404, '请求的接口不存在');

describe('an operation answers under every version above its own (hose-more 1.2, field log 82)', () => {
  test.each(['v1', 'v2', 'v2.1'])('the token: %s', async (version) => {
    const body = { appKey: 'key-a', appSecurity: 's' };
    const { json } = await directory.send('POST', `/api/openapi/${version}/auth/getAccessToken`, { body });
    expect(Object.keys(json.value)).toEqual(['accessToken', 'refreshToken', 'expireTime', 'corporationId']);
  });

  test.each([
    ['GET', 'v1.1', ['v2', 'v2.0', 'v2.2', 'v9.12'], 'staffs?start=0&count=10', undefined],
    ['GET', 'v1', ['v1.0', 'v1.1', 'v2'], 'departments?start=0&count=10', undefined],
    ['GET', 'v1', ['v2'], 'dimensions/items?start=0&count=10&dimensionId=CorpA:项目', undefined],
    ['POST', 'v1', ['v2.1'], 'staffs/getStaffIds', { type: 'CODE', conditionIds: ['00005'] }],
    ['GET', 'v2', ['v2.1', 'v3'], 'location?corpId=CorpA', undefined],
    ['GET', 'v1', ['v1.1', 'v2'], 'departments/getDepartmentByName?name=研发', undefined],
  ])('%s %s also as %j: %s', async (method, documented, others, rest, body) => {
    const options = body === undefined ? {} : { body };
    const expected = await hose.send(method, `/api/openapi/${documented}/${rest}`, options);
    expect(expected.status).toBe(200);
    for (const version of others) {
      const answer = await hose.send(method, `/api/openapi/${version}/${rest}`, options);
      expect([version, answer.status, answer.text]).toEqual([version, 200, expected.text]);
    }
  });

  test.each(['v0/staffs', 'v/staffs', 'v1.1.1/staffs', 'vv1/staffs', 'v1/auth/refreshToken', 'v1/location'])(
    'and under no other: %s',
    async (path) => {
      for (const method of ['GET', 'POST']) {
        const answer = await hose.send(method, `/api/openapi/${path}?start=0&count=10`);
        expect([answer.status, answer.json]).toEqual([404, unknownPath]);
      }
    },
  );

  test('an update under v2 is that of v1.1: it merges the form and refuses strange keys', async () => {
    const body = { name: '韩梅梅', staffCustomForm: { u_爱好: '书' } };
    const updated = await hose.send('PUT', '/api/openapi/v2/staffs/update/$CorpA:han', { body });
    expect(updated.json.value.staffCustomForm).toEqual({ rankType: 'ID_p5', u_项目: 'ID_px', u_爱好: '书' });
    const strange = { name: '韩梅梅', staffCustomForm: { u_无: '1' } };
    const refused = await hose.send('PUT', '/api/openapi/v2.1/staffs/update/$CorpA:han', { body: strange });
    expect(refused.status).toBe(400);
    const [change] = await directory.history('a', 'han');
    expect(change?.origin.operation).toBe('staffs.update');
  });

  test('and v1.0 is v1 in everything: what is not sent of the form is blanked', async () => {
    const updated = await hose.send('PUT', '/api/openapi/v1.0/staffs/update/$CorpA:han', { body: { name: '韩梅梅' } });
    expect(updated.json.value.staffCustomForm).toEqual({});
  });

  test.each([{}, { staffCustomForm: {} }])(
    'and leaves an empty form to someone who never had one: %j',
    async (form) => {
      expect((await hose.staff('CorpA:li')).staffCustomForm).toBe(null);
      const updated = await hose.send('PUT', '/api/openapi/v1/staffs/update/$CorpA:li', {
        body: { name: '李', ...form },
      });
      expect(updated.json.value.staffCustomForm).toEqual({});
      const merged = await hose.update('CorpA:none', { name: '无名' });
      expect(merged.json.value.staffCustomForm).toBe(null);
    },
  );

  test('a staff that is passed over is noted with the version as it was called', async () => {
    await directory.close();
    await open(
      ', sync_rules: { hand_edit_staffs: true, skip_edited_staffs: true }',
      '  - { id: hand, name: 手改, hose: { edited: true } }',
    );
    await hose.send('PUT', '/api/openapi/v2.1/staffs/update/$CorpA:hand', { body: { name: '新名' } });
    const [change] = await directory.history('a', 'hand');
    expect(change?.note).toMatchObject({ verdict: 'skipped', version: 'v2.1' });
  });
});

describe('pages (hose-more 1.3, field log 83)', () => {
  const lists = [
    'staffs',
    'staffs/authorized',
    'departments',
    'departments/external/department',
    'dimensions',
    'dimensions/items',
    'dimensions/items/withVisibility',
    'dimensions/items/withAll',
  ];
  const page = async (version: string, list: string, count: number): Promise<unknown> => {
    const { status, json } = await hose.send('GET', `/api/openapi/${version}/${list}?start=0&count=${String(count)}`);
    return status === 200 ? 200 : [status, json.errorMessage];
  };

  test.each(lists)('%s: 1000 under v1 and v2, 100 under v1.1', async (list) => {
    const tooMany = [400, 'count参数不能大于1000'];
    expect(await page('v1', list, 1_000)).toBe(200);
    expect(await page('v1', list, 1_001)).toEqual(tooMany);
    expect(await page('v1.1', list, 100)).toBe(200);
    expect(await page('v1.1', list, 101)).toEqual([400, 'count参数不能大于100']);
    expect(await page('v2', list, 1_000)).toBe(200);
    expect(await page('v2.2', list, 10_000)).toEqual(tooMany);
  });

  test('the company file corrects each number by itself', async () => {
    await directory.close();
    await open(', page_limits: { v1.1: 500 }');
    expect(await page('v1.1', 'staffs', 500)).toBe(200);
    expect(await page('v1.1', 'staffs', 501)).toEqual([400, 'count参数不能大于500']);
    expect(await page('v2', 'staffs', 1_000)).toBe(200);
  });

  test('parameters that are unknown are passed over: hasLeave finds those who left as well', async () => {
    const { json } = await hose.send('GET', '/api/openapi/v2/staffs?start=0&count=1000&hasLeave=true');
    expect(json.count).toBe(9);
  });
});

describe('a known path with another method is 405 (hose-more 1.5, field log 86)', () => {
  test.each([
    ['POST', 'v1.1/staffs/update/$CorpA:li', 'PUT'],
    ['DELETE', 'v1/departments', 'GET, POST'],
    ['PUT', 'v2/staffs', 'GET, POST'],
    ['GET', 'v2.1/auth/getAccessToken', 'POST'],
    ['OPTIONS', 'v1/dimensions/items', 'GET, POST'],
    ['PATCH', 'v1.1/dimensions/items/%24ID_px/disable', 'PUT'],
    // What lacks the `$` of an item is none, so these paths are served by the others of their name alone.
    ['PUT', 'v1.1/dimensions/items/batch', 'POST'],
    ['PUT', 'v2/dimensions/items/batch', 'POST'],
    ['PUT', 'v1/dimensions/items/withAll', 'GET'],
    ['DELETE', 'v1/dimensions/items/withAll', 'GET'],
    ['PUT', 'v1.1/dimensions/items/withVisibility', 'GET'],
    ['DELETE', 'v1/dimensions/items/$withAll', 'PUT'],
    ['GET', 'v1/departments/departmentCustom', 'POST'],
    ['PATCH', 'v1/departments/getDepartmentByName', 'GET'],
  ])('%s %s', async (method, path, allow) => {
    const answer = await directory.send(method, `/api/openapi/${path}`);
    expect([answer.status, answer.json]).toEqual([405, failure(405, 'Method Not Allowed')]);
    expect(answer.headers['allow']).toBe(allow);
  });

  test.each(['v1.1/staffs/update/CorpA:li', 'v1/departments/CorpA:rd', 'v1/nothing'])(
    'a path that is unknown with its own method is unknown with any: %s',
    async (path) => {
      for (const method of ['POST', 'DELETE', 'OPTIONS']) {
        const answer = await directory.send(method, `/api/openapi/${path}`);
        expect([answer.status, answer.json]).toEqual([404, unknownPath]);
      }
    },
  );
});

describe('inside another platform (hose-more 10, ruling 2; field log 84)', () => {
  test.each(['dingtalk', 'wecom', 'yunzhijia', 'feishu'])('the list of staff under v1 is refused: %s', async (name) => {
    await directory.close();
    await open(`, environment: ${name}`);
    for (const version of ['v1', 'v1.0']) {
      const refused = await hose.send('GET', `/api/openapi/${version}/staffs?start=0&count=10`);
      expect([refused.status, refused.json]).toEqual([403, failure(403, '不允许调用此接口')]);
    }
    for (const open of ['v1.1/staffs', 'v2/staffs', 'v1/departments', 'v1/dimensions', 'v1/dimensions/items'])
      expect((await hose.send('GET', `/api/openapi/${open}?start=0&count=10`)).status).toBe(200);
    const synced = await hose.send('PUT', '/api/openapi/v1.1/staffs/update/$CorpA:li', { body: { name: '李雷' } });
    expect(synced.json).toEqual(failure(403, '不允许调用此接口'));
  });
});

describe('the archived paths of v1 (hose-more 1.4)', () => {
  test('know ids only, whatever type says', async () => {
    const left = await hose.send(
      'PUT',
      '/api/openapi/v1/staffs/disableOrEnableStaff/[CorpA:li]?active=false&type=code',
    );
    expect(left.json.items[0]).toMatchObject({ id: 'CorpA:li', active: false });
    const item = { name: '新', code: 'N', parentId: '', dimensionId: 'CorpA:项目' };
    const made = await hose.send('POST', '/api/openapi/v1/dimensions/items', { body: item });
    expect(Object.keys(made.json)).toEqual(['id']);
    const changed = await hose.send('PUT', `/api/openapi/v1/dimensions/items/$${made.json.id}?type=code`, {
      body: { name: '改' },
    });
    expect(changed.status).toBe(204);
    for (const word of ['disable', 'enable']) {
      const path = `/api/openapi/v1/dimensions/items/$${made.json.id}/${word}?type=code`;
      expect((await hose.send('PUT', path, { body: {} })).status).toBe(204);
    }
    const body = { dimensionId: 'CorpA:项目', itemListRequest: [{ name: '另', code: '', parentId: '' }] };
    expect((await hose.send('POST', '/api/openapi/v1/dimensions/items/batch?type=code', { body })).status).toBe(200);
  });

  test('an item whose new parent is unknown is named by its code', async () => {
    const path = '/api/openapi/v1/dimensions/items/$ID_px';
    const refused = await hose.send('PUT', path, { body: { parentId: 'nobody' } });
    expect([refused.status, refused.json]).toEqual([412, failure(412, '编码为[X]的档案项找不到上级节点')]);
    const newer = await hose.send('PUT', path.replace('v1', 'v1.1'), { body: { parentId: 'nobody' } });
    expect(newer.json.errorMessage).toBe('上级档案[nobody]不存在');
  });

  test('pending items are one number', async () => {
    await directory.close();
    await open('', '  - { id: busy, name: 忙, hose: { pending: { paying: 2, approving: 1 } } }');
    const path = 'staffs/getBacklogCount/$id?staffParam=CorpA:busy';
    expect((await hose.send('GET', `/api/openapi/v1/${path}`)).text).toBe('{"count":3}');
    expect((await hose.send('GET', `/api/openapi/v1.1/${path}`)).json.items.count).toBe(3);
  });

  test('staff are added without a look at the characters of a phone', async () => {
    const staff = {
      name: '新人',
      cellphone: '139 0000-0077',
      departments: ['CorpA:rd'],
      defaultDepartment: 'CorpA:rd',
    };
    const add = (version: string): ReturnType<Client['send']> =>
      hose.send('POST', `/api/openapi/${version}/staffs/batch/create`, { body: { staffList: [staff] } });
    expect((await add('v1.1')).json.errorMessage).toBe('手机号格式不正确，只能包含数字和英文括号');
    expect((await add('v1')).json.items[0]).toMatchObject({ name: '新人', cellphone: '13900000077' });
  });
});
