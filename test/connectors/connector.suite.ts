import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answered, FieldName, LivePerson, LiveValue } from '../../src/connectors/connector.ts';
import type {
  Changes,
  Composed,
  FieldChange,
  Intent,
  ItemVerdict,
  Known,
  LiveSetup,
  LiveValues,
  SendOutcome,
  WriteRequest,
  WritingConnector,
} from '../../src/connectors/writing.ts';
import type { Mingce } from '../../src/index.ts';
import { catalogAnswers, recordedAnswers } from './platform-answers.ts';
import { connectToWrite, credentials, startLive, type Writer } from './live.ts';

/** What the suite needs to know of a platform. */
export interface ConnectorCase {
  readonly connector: WritingConnector;
  readonly file: string;
  /** Live ids: a person in service, a department beside the person's own, the root. */
  readonly who: string;
  readonly department: string;
  readonly root: string;
  /** For each field that the platform writes, another value than the person has. */
  readonly values: LiveValues;
  /** A text field of the company's own, by the platform's name of it; null where the connector writes none. */
  readonly custom: string | null;
  /** Fields that no call of the platform reads. */
  readonly unreadable: readonly FieldName[];
  readonly newcomer: LiveValues;
  /** The id that a newcomer is given, where the caller chooses. */
  readonly newcomerId: string | null;
  /** Most requests that one person's update takes. */
  readonly mostRequests: number;
}

const UNTIL = Number.MAX_SAFE_INTEGER;
const noLive = new Map<string, LivePerson>();

/** Whether a value is none: a platform has 0 and none where we have null. */
const isNone = (value: LiveValue | undefined): boolean => value === null || value === 0 || value === '';

/** Describes what holds for the writing half of every connector. */
export function connectorSuite(name: string, given: ConnectorCase): void {
  const { connector, who, values } = given;
  const { writes } = connector;
  const rows = new Map(connector.fields.map((row) => [row.field, row]));
  const catalog = catalogAnswers(connector.platform);

  describe(`the writing half of ${name}`, () => {
    let platform: Mingce;
    let writer: Writer;
    let setup: LiveSetup;
    /** In this suite our ids are those of the platform, so that everybody is linked. */
    const known = (live: ReadonlyMap<string, LivePerson> = noLive): Known => ({
      target: writer.target,
      setup,
      departments: linksOf(
        given.department,
        given.root,
        ...idsIn(values.department),
        ...idsIn(given.newcomer.department),
      ),
      people: linksOf(who, ...idsIn(values.leader), ...idsIn(given.newcomer.leader)),
      live,
      key: (subject) => Buffer.from(subject.padEnd(16, '.').slice(0, 16)).toString('hex'),
    });

    beforeAll(async () => {
      platform = await startLive(given.file);
      const keys = credentials[connector.platform];
      if (keys === undefined) throw new Error('no credentials');
      writer = connectToWrite(connector, platform.url, keys);
      setup = await writer.run(writes.setup(writer.target));
    });
    afterAll(async () => {
      await writer.close();
      await platform.close();
    });

    const readOne = async (id: string): Promise<LivePerson | 'absent' | undefined> => {
      const { found, problems } = await writer.run(writes.readPeople([id], writer.target, setup));
      expect(problems).toEqual([]);
      return found.get(id);
    };
    const person = async (id: string): Promise<LivePerson> => {
      const found = await readOne(id);
      if (found === undefined || found === 'absent') throw new Error(`${id} is not there`);
      return found;
    };
    /** Composes, sends in order, and judges. */
    const deliver = async (intents: readonly Intent[], live = noLive): Promise<readonly ItemVerdict[]> => {
      const { requests, problems } = writes.compose(intents, known(live));
      expect(problems).toEqual([]);
      return await sendAll(requests);
    };
    const sendAll = async (requests: readonly WriteRequest[]): Promise<readonly ItemVerdict[]> => {
      const verdicts: ItemVerdict[] = [];
      for (const request of requests) {
        verdicts.push(...writes.judge(request, await writer.write(request, UNTIL)));
      }
      return verdicts;
    };
    const refusals = (verdicts: readonly ItemVerdict[]): readonly ItemVerdict[] =>
      verdicts.filter(({ fate }) => fate !== 'written');

    test('setup reads what the requests need, without a problem', () => {
      expect(setup.problems).toEqual([]);
    });

    test('every field that can be written is found by reading, with a value', async () => {
      const before = await person(who);
      const fields = changesTo(values, before);
      const update: Intent = { operation: 'update', subject: who, liveId: who, fields };
      const verdicts = await deliver([update], new Map([[who, before]]));
      expect(refusals(verdicts)).toEqual([]);
      expect(new Set(verdicts.map(({ field }) => field))).toEqual(new Set(Object.keys(values)));
      const after = await person(who);
      for (const [field, value] of entriesOf(values)) {
        if (given.unreadable.includes(field)) continue;
        const { same = (one: LiveValue) => one } = rows.get(field) ?? {};
        expect([field, asSet(same(after.values[field] ?? null))]).toEqual([field, asSet(same(value))]);
      }
    });

    test('a second delivery of what is there asks for nothing', async () => {
      const there = await person(who);
      const fields = changesTo(there.values, there);
      expect(writes.compose([{ operation: 'update', subject: who, liveId: who, fields }], known())).toEqual({
        requests: [],
        problems: [],
      });
    });

    test('a null is proven cleared, or reported as not clearable, for every field', async () => {
      const before = await person(who);
      const results: unknown[] = [];
      for (const [field] of entriesOf(values)) {
        const from = before.values[field];
        const change: FieldChange = from === undefined ? { to: null } : { from, to: null };
        const update: Intent = { operation: 'update', subject: who, liveId: who, fields: { [field]: change } };
        const live = new Map([[who, before]]);
        const { requests, problems } = writes.compose([update], known(live));
        const refused = refusals(await sendAll(requests));
        const cleared = requests.length > 0 && isNone((await person(who)).values[field]);
        results.push([field, cleared, refused, problems.map((one) => [one.field, one.why])]);
        // Back as it was: some can be empty only while another is not.
        const back: Intent = { ...update, fields: { [field]: { from: null, to: from ?? null } } };
        if (requests.length > 0) await deliver([back], live);
      }
      const expected = entriesOf(values).map(([field]) =>
        rows.get(field)?.clear === null ? [field, false, [], [[field, 'not-clearable']]] : [field, true, [], []],
      );
      expect(results).toEqual(expected);
    });

    test('a text of the company is written, read back and cleared, or reported', async () => {
      const name = given.custom ?? '自定义';
      const live = new Map([[who, await person(who)]]);
      const update = (change: FieldChange): Intent => ({
        operation: 'update',
        subject: who,
        liveId: who,
        fields: {},
        custom: { [name]: change },
      });
      const results: unknown[] = [];
      for (const change of [
        { from: null, to: '羽毛球' },
        { from: '羽毛球', to: null },
      ]) {
        const { requests, problems } = writes.compose([update(change)], known(live));
        const refused = refusals(await sendAll(requests));
        const there = (await person(who)).custom?.[name] ?? null;
        results.push(problems.length > 0 ? problems.map(({ why }) => why) : [there === change.to, refused]);
      }
      const done = [true, []];
      expect(results).toEqual(given.custom === null ? [['not-writable'], ['not-writable']] : [done, done]);
    });

    test('a creation that is sent twice makes one person: the second is refused', async () => {
      const values: LiveValues = { ...given.newcomer, mobile: '+8613900000002', email: 'twice@hengda.example' };
      const { jobNumber: _, ...others } = values;
      const create: Intent = { operation: 'create', subject: 'twice', liveId: 'twice', values: others };
      const { requests } = writes.compose([create], known());
      const [first] = requests;
      if (first === undefined) throw new Error('no request');
      expect(refusals(await sendAll([first]))).toEqual([]);
      const again = await sendAll([first]);
      expect(new Set(again.map(({ fate }) => fate))).toEqual(new Set(['refused']));
      const found = await writer.run(writes.find('mobile', ['+8613900000002'], writer.target, setup));
      expect(found.matches.get('+8613900000002')).toHaveLength(1);
    });

    test('a person is made, found by every key, leaves, and comes back', async () => {
      const subject = given.newcomerId ?? 'newcomer';
      const create: Intent = { operation: 'create', subject, liveId: given.newcomerId, values: given.newcomer };
      const made = await deliver([create]);
      expect(refusals(made)).toEqual([]);
      const id = made.find(({ liveId }) => liveId !== undefined)?.liveId ?? '';
      const there = await person(id);
      expect(there.values).toMatchObject({ name: given.newcomer.name });
      for (const key of ['id', 'jobNumber', 'mobile', 'email'] as const) {
        const value = key === 'id' ? id : given.newcomer[key];
        if (typeof value !== 'string') continue;
        const asked = [value, NO_ONE[key]];
        const { matches, problems } = await writer.run(writes.find(key, asked, writer.target, setup));
        expect([key, problems, matches.get(value)]).toEqual([key, [], [id]]);
        expect(matches.get(NO_ONE[key]) ?? []).toEqual([]);
      }
      expect(refusals(await deliver([{ operation: 'leave', subject, liveId: id }]))).toEqual([]);
      const left = await readOne(id);
      expect(left === 'absent' || left?.isInService === false).toBe(true);
      const live = new Map([[subject, there]]);
      const returned = await deliver([{ operation: 'return', subject, liveId: id, values: given.newcomer }], live);
      expect(refusals(returned)).toEqual([]);
      expect((await person(id)).values).toMatchObject({ name: given.newcomer.name });
    });

    test('a department is made, renamed, moved and removed, and found by reading each time', async () => {
      const read = async (id: string): Promise<unknown> => {
        const { found, problems } = await writer.run(writes.readDepartments([id], writer.target));
        expect(problems).toEqual([]);
        return found.get(id);
      };
      const chosen = connector.platform === 'wecom' ? '77001' : connector.platform === 'feishu' ? 'new-one' : null;
      const create: Intent = {
        operation: 'department-create',
        subject: 'new',
        liveId: chosen,
        name: '新部门',
        parent: given.root,
        code: 'N-1',
      };
      const made = await deliver([create]);
      expect(refusals(made)).toEqual([]);
      const id = made.find(({ liveId }) => liveId !== undefined)?.liveId ?? '';
      expect(await read(id)).toMatchObject({ id, name: '新部门' });
      const moved: Intent = {
        operation: 'department-update',
        subject: 'new',
        liveId: id,
        name: '改名部门',
        parent: given.department,
        code: 'N-1',
        changed: ['name', 'parent'],
      };
      const changed = await deliver([moved]);
      expect(refusals(changed)).toEqual([]);
      expect(changed.map(({ field }) => field)).toEqual(['name', 'parent']);
      expect(await read(id)).toMatchObject({ name: '改名部门', parent: given.department });
      expect(refusals(await deliver([{ operation: 'department-remove', subject: 'new', liveId: id }]))).toEqual([]);
      expect(await read(id)).toBe('absent');
    });

    test('composing is deterministic, asks least, and leaves out no field in silence', () => {
      const someFields = fc.subarray(entriesOf(values).map(([field]) => field));
      fc.assert(
        fc.property(someFields, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (some, clears) => {
          const wanted = Object.fromEntries(
            some.map((field, index) => [field, { to: clears[index] === true ? null : values[field] }]),
          ) as Changes;
          const there: LivePerson = { id: who, isInService: true, values };
          const intents: readonly Intent[] = [{ operation: 'update', subject: who, liveId: who, fields: wanted }];
          const compose = (): Composed => writes.compose(intents, known(new Map([[who, there]])));
          const { requests, problems } = compose();
          expect(compose()).toEqual({ requests, problems });
          expect(requests.length).toBeLessThanOrEqual(Math.min(some.length, given.mostRequests));
          const written = requests.flatMap(({ parts }) =>
            parts.flatMap(({ fields }) => fields.map(({ field }) => field)),
          );
          expect(new Set(written).size).toBe(written.length);
          const said = [...written, ...problems.map(({ field }) => field)];
          expect(new Set(said)).toEqual(new Set(some));
          for (const { query, headers, body } of requests) {
            const bytes = JSON.stringify([query, headers, body]);
            for (const secret of writer.secrets) expect(bytes).not.toContain(secret);
          }
        }),
        { numRuns: 60 },
      );
    });

    test('a department or leader that is not linked is a problem in words, never a guess', () => {
      const fields: Changes = {
        ...(values.department === undefined ? {} : { department: { to: ['nowhere'] } }),
        ...(values.leader === undefined ? {} : { leader: { to: 'nobody' } }),
      };
      const { requests, problems } = writes.compose(
        [{ operation: 'update', subject: who, liveId: who, fields }],
        known(),
      );
      expect(requests).toEqual([]);
      const said = problems.map(({ field, why }) => `${String(field)} ${why}`);
      expect(said.toSorted()).toEqual(Object.keys(fields).map((one) => `${one} not-linked`));
      expect(problems.every(({ words }) => words.en !== '' && words.zh !== '')).toBe(true);
    });

    describe('a judgement', () => {
      const requestsOfAll = (): readonly WriteRequest[] => {
        const there: LivePerson = { id: who, isInService: true, values };
        const update: Intent = {
          operation: 'update',
          subject: who,
          liveId: who,
          fields: changesTo(values, there, true),
        };
        const about = { subject: 'new', liveId: given.department };
        const department = { ...about, name: '部', parent: given.root, code: '' };
        const intents: readonly Intent[] = [
          update,
          { ...update, subject: given.newcomerId ?? 'other', liveId: 'other' },
          { operation: 'create', subject: 'new', liveId: given.newcomerId, values: given.newcomer },
          { operation: 'leave', subject: who, liveId: who },
          { operation: 'return', subject: who, liveId: who, values: given.newcomer },
          { ...department, operation: 'department-create' },
          { ...department, operation: 'department-update', changed: ['name', 'parent'] },
          { ...about, operation: 'department-remove' },
        ];
        const live = new Map([who, 'other', given.newcomerId ?? 'other'].map((id) => [id, there]));
        return writes.compose(intents, known(live)).requests;
      };
      /** Each subject and field of a request has a verdict, and no other one has. */
      const isWhole = ({ parts }: WriteRequest, verdicts: readonly ItemVerdict[]): boolean => {
        const expected = parts.flatMap(({ subject, fields }) =>
          fields.length === 0 ? [`${subject} null`] : fields.map(({ field }) => `${subject} ${field}`),
        );
        const said = verdicts.map(({ subject, field }) => `${subject} ${String(field)}`);
        return expected.toSorted().join('\n') === said.toSorted().join('\n');
      };

      test('is total: whatever is answered, each subject and field has one', () => {
        const requests = requestsOfAll();
        const recorded = recordedAnswers(connector.platform);
        const answers = [...catalog.map(({ answer }) => answer), ...recorded, ...STRANGE];
        const isTotal = (request: WriteRequest, answer: Answered): boolean => {
          const verdicts = writes.judge(request, { kind: 'answered', answer });
          const isSaid = verdicts.every(
            ({ fate, code, message }) =>
              (fate === 'written' || fate === 'dropped' || code !== null) &&
              message.length <= 301 &&
              !(answer.status >= 500 && fate === 'written'),
          );
          return isSaid && isWhole(request, verdicts);
        };
        const partial = requests.flatMap((request) =>
          answers.filter((answer) => !isTotal(request, answer)).map(({ body }) => [request.call, body]),
        );
        expect(partial).toEqual([]);
        const status = fc.integer({ min: 100, max: 599 });
        fc.assert(
          fc.property(fc.constantFrom(...requests), status, fc.json(), (request, code, body) =>
            isTotal(request, { status: code, headers: {}, body }),
          ),
          { numRuns: 100 },
        );
      });

      test('of every code of the catalogue says whether it may have been done', () => {
        const [request] = requestsOfAll();
        if (request === undefined) throw new Error('no request');
        const fates = catalog.map((one) => {
          const verdicts = writes.judge(request, { kind: 'answered', answer: one.answer });
          return [one.name, one.class, new Set(verdicts.map(({ fate }) => fate))] as const;
        });
        const wrong = fates.filter(([, kind, found]) => {
          const [fate] = found;
          if (found.size !== 1 || fate === 'written' || fate === 'dropped') return true;
          // What the platform calls its own trouble may have been done, or can be done later; whatever it refuses for a reason was not.
          return kind === 'server' ? fate !== 'doubt' && fate !== 'wait' : fate === 'doubt' && kind !== 'limit';
        });
        expect(wrong).toEqual([]);
      });

      test.each<readonly [SendOutcome, string]>([
        [{ kind: 'lost', code: 'ECONNRESET' }, 'doubt'],
        [{ kind: 'not-sent', code: 'ECONNREFUSED' }, 'not-sent'],
        [{ kind: 'no-token', verdict: { kind: 'refused', code: '1', message: 'wrong secret' } }, 'token'],
        [{ kind: 'no-token', verdict: { kind: 'limit', code: '1', message: 'too often', waitMs: 5 } }, 'limit'],
        [{ kind: 'no-token', verdict: { kind: 'trouble', code: '500', message: '' } }, 'not-sent'],
        [{ kind: 'answered', answer: { status: 502, headers: {}, body: '<html>' } }, 'doubt'],
      ])('of %j is %s', (outcome, fate) => {
        for (const request of requestsOfAll()) {
          const verdicts = writes.judge(request, outcome);
          expect(isWhole(request, verdicts)).toBe(true);
          expect(new Set(verdicts.map((one) => one.fate))).toEqual(new Set([fate]));
        }
      });
    });
  });
}

/** Values that no one has. */
const NO_ONE = { id: 'nobody', jobNumber: 'nobody', mobile: '+8613999999999', email: 'nobody@hengda.example' } as const;

/** Answers that no platform gives, and that something in between may. */
const STRANGE: readonly Answered[] = [
  '',
  '{',
  '[]',
  'null',
  '0',
  '{}',
  '<html></html>',
  '{"value":null}',
  '{"items":{}}',
].flatMap((body) => [200, 204, 302, 400, 404, 502].map((status) => ({ status, headers: {}, body })));

function linksOf(...ids: readonly string[]): ReadonlyMap<string, string> {
  return new Map(ids.map((id) => [id, id]));
}

function idsIn(value: LiveValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** A list is a set. */
function asSet(value: LiveValue): LiveValue {
  return typeof value === 'object' && value !== null ? value.toSorted() : value;
}

function entriesOf(values: LiveValues): readonly (readonly [FieldName, LiveValue])[] {
  return Object.entries(values) as unknown as readonly (readonly [FieldName, LiveValue])[];
}

function changesTo(values: LiveValues, there: LivePerson, always = false): Changes {
  return Object.fromEntries(
    entriesOf(values).map(([field, to]) => {
      const from = there.values[field];
      return [field, always || from === undefined ? { to } : { from, to }];
    }),
  );
}
