import { forAll, forPart, saidBy, withoutAnswer, WRITTEN, type Said } from '../item-verdicts.ts';
import { asSet, listOf, member, parsed, textOf } from '../texts.ts';
import { deepEqual } from '../../lib/json-equal.ts';
import type { ItemVerdict, PartField, RequestPart, SendOutcome, WriteRequest } from '../writing.ts';
import { judge } from './answers.ts';
import { remedyOf } from './refusals.ts';

/**
 * Judges what became of a write. Every answer carries the whole subject: where its value is not what was sent, nothing was
 * written, since a person that the synchronisation rules leave out is answered with success (contract 2.8).
 */
export function judgeWrite(request: WriteRequest, outcome: SendOutcome): readonly ItemVerdict[] {
  if (outcome.kind !== 'answered') return forAll(request, withoutAnswer(outcome));
  const verdict = judge(outcome.answer);
  if (verdict.kind !== 'ok') {
    const remedy = verdict.remedy ?? remedyOf(verdict.message);
    return forAll(request, saidBy(remedy === undefined ? verdict : { ...verdict, remedy }));
  }
  const json = parsed(outcome.answer.body);
  if (request.call === 'staffs.authorise') {
    return forAll(request, member(json, 'value') === true ? WRITTEN : NO_SEATS);
  }
  const subjects = answeredSubjects(request, json);
  return request.parts.flatMap((part, index): readonly ItemVerdict[] => {
    const there = subjects(index);
    // Said to be done, and not shown: only a look can tell.
    if (there === undefined) return forPart(part, { fate: 'doubt', code: 'NOT_IN_ANSWER', message: '' });
    return judgedBy(request, part, index, there);
  });
}

const NO_SEATS: Said = {
  fate: 'refused',
  code: 'false',
  message: '',
  remedy: { en: 'No seat is left: buy seats, or take one from somebody.', zh: '席位不足：请增购席位或收回他人席位。' },
};

const NOT_DONE: Said = {
  fate: 'dropped',
  code: null,
  message: '',
  remedy: {
    en: 'Switch off 「所有」被修改员工不参与同步 in the rules of synchronisation: it leaves out who was changed by hand.',
    zh: '请在“API同步规则”关闭“「所有」被修改员工不参与同步”：手工修改过的员工会被跳过。',
  },
};

function judgedBy(request: WriteRequest, part: RequestPart, index: number, there: unknown): readonly ItemVerdict[] {
  switch (request.call) {
    case 'staffs.create':
    case 'departments.create': {
      const liveId = textOf(member(there, 'id'));
      return forPart(part, liveId === '' ? WRITTEN : { ...WRITTEN, liveId });
    }
    case 'staffs.disable':
    case 'departments.disable':
      return forPart(part, member(there, 'active') === false ? WRITTEN : NOT_DONE);
    case 'staffs.enable':
      return forPart(part, member(there, 'active') === true ? WRITTEN : NOT_DONE);
    default: {
      const sent = elementAt(request, index);
      return part.fields.map((field) => ({
        subject: part.subject,
        field: field.field,
        ...(isThere(field, sent, there) ? WRITTEN : NOT_DONE),
      }));
    }
  }
}

/** Returns the answered subjects, by their place in the request: a batch names them, the others have one each. */
function answeredSubjects({ path, call, body }: WriteRequest, json: unknown): (index: number) => unknown {
  const items = listOf(member(json, 'items'));
  if (call === 'staffs.batchUpdate') {
    const sent = listOf(member(parsed(body ?? ''), 'staffList'));
    const byId = new Map(items.map((item) => [textOf(member(item, 'id')), item]));
    return (index) => byId.get(textOf(member(sent[index], 'id')));
  }
  const [, list] = /\/\[(.+)\]$/.exec(path) ?? [];
  if (list !== undefined) {
    const byId = new Map(items.map((item) => [textOf(member(item, 'id')), item]));
    const ids = list.split(',').map(decoded);
    return (index) => byId.get(ids[index] ?? '');
  }
  if (call === 'departments.disable') {
    const id = decoded(path.slice(path.lastIndexOf('$') + 1));
    return () => items.find((item) => member(item, 'id') === id);
  }
  const value = member(json, 'value');
  return () => (typeof value === 'object' && value !== null ? value : undefined);
}

/** What was encoded for a path; a text that was not is left as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function elementAt({ call, body }: WriteRequest, index: number): unknown {
  const json = parsed(body ?? '');
  return call === 'staffs.batchUpdate' ? listOf(member(json, 'staffList'))[index] : json;
}

/** Whether the answer has what was sent. */
function isThere({ theirs }: PartField, sent: unknown, there: unknown): boolean {
  const path = theirs.split('.');
  const wanted = member(sent, ...path);
  switch (theirs) {
    // No answer carries it (contract 2.7).
    case 'enName':
      return true;
    case 'email':
      return textOf(member(there, 'showEmail')).toLowerCase() === textOf(wanted).toLowerCase();
    case 'departments':
      return deepEqual(asSet(listOf(member(there, ...path)).map(textOf)), asSet(listOf(wanted).map(textOf)));
    // The root is named by no id when it is written, and by its own when it is read (contract 5.6).
    case 'parentId':
      return wanted === '' || member(there, ...path) === wanted;
    default:
      return textOf(member(there, ...path)) === textOf(wanted);
  }
}
