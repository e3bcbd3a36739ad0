import { pieces } from '../composing.ts';
import type { LivePerson, LiveTask, Problem } from '../connector.ts';
import { answering, listOf, member, textOf } from '../texts.ts';
import type { LeftFound, Sought } from '../writing.ts';
import { selectors } from './fields.ts';
import { personOf } from './reads.ts';
import { foreign } from './answers.ts';
import { employeesOf, ID_QUESTION, idsBy, type PersonId } from './requests.ts';

/** The most ids in one question (contract 4.5). */
const QUESTION = 100;
const SHOWN = [...selectors, 'base_info.resign_time'];

/** Finds people who left: no list has them, but their ids, mobiles and mail addresses do (contract 4.5, 4.7). */
export function* findLeft(sought: readonly Sought[], personId: string | null): LiveTask<LeftFound> {
  const by: PersonId = personId === 'open_id' ? 'open_id' : 'employee_id';
  const problems: Problem[] = [];
  const ids = new Set(sought.flatMap(({ liveIds }) => liveIds));
  const mobiles = pieces([...new Set(sought.flatMap(({ mobile }) => mobile ?? []))], ID_QUESTION);
  const emails = pieces([...new Set(sought.flatMap(({ email }) => email ?? []))], ID_QUESTION);
  const questions = Array.from({ length: Math.max(mobiles.length, emails.length) }, (_, index) =>
    idsBy(mobiles[index] ?? [], emails[index] ?? [], by),
  );
  for (const reply of yield questions) {
    const { verdict, json } = answering(reply, foreign, 'data');
    if (verdict.kind !== 'ok') {
      problems.push({ call: 'contact.users.batch_get_id', verdict });
      continue;
    }
    for (const one of listOf(member(json, 'data', 'user_list'))) {
      const id = textOf(member(one, 'user_id'));
      if (id !== '' && member(one, 'status', 'is_resigned') === true) ids.add(id);
    }
  }
  const people = new Map<string, LivePerson>();
  for (const { verdict, json } of yield pieces([...ids], QUESTION).map((some) => employeesOf(some, SHOWN, by))) {
    if (verdict.kind !== 'ok') {
      problems.push({ call: 'directory.employees.mget', verdict });
      continue;
    }
    for (const one of listOf(member(json, 'data', 'employees'))) {
      const person = personOf(one);
      if (!person.isInService && person.id !== '') people.set(person.id, person);
    }
  }
  return { people: [...people.values()], problems };
}
