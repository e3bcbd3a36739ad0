import type { Dialect, PersonalKind } from '../../dialects/dialect.ts';
import { parseJson } from '../../lib/json.ts';
import { isObject } from '../../lib/json-equal.ts';
import { maskFor, noMask } from '../journal/mask.ts';
import { secretFilter } from '../journal/secrets.ts';
import type { Difference } from './contract.ts';
import type { CapturedCall } from './har.ts';

/** Replaces people and secrets in a report. */
export interface ReportMask {
  target(target: string): string;
  difference(difference: Difference): Difference;
}

/** So many values of people are looked for in texts; a shorter one would be found everywhere. */
const MAX_PEOPLE = 5_000;
const MIN_LENGTH = 2;

/** Makes the masks of a report, by platform: what a capture says of people is masked wherever it turns up. */
export function reportMasks(
  dialects: readonly Dialect[],
  calls: readonly CapturedCall[],
  isShown: boolean,
): (platform: string | null) => ReportMask {
  const personal = Object.assign({}, ...dialects.map(({ memberNames }) => memberNames.personal)) as Readonly<
    Record<string, PersonalKind>
  >;
  const people = isShown ? [] : peopleIn(calls, personal);
  const masks = new Map(
    dialects.map(({ name, memberNames }) => [
      name,
      {
        mask: isShown ? noMask : maskFor(memberNames.personal),
        secrets: new Set(memberNames.secrets),
        filter: secretFilter(memberNames.secrets),
      },
    ]),
  );
  // A name that is a secret on one platform is one in a call of none.
  const allSecrets = dialects.flatMap(({ memberNames }) => memberNames.secrets);
  const unknownPlatform = {
    mask: isShown ? noMask : maskFor(personal),
    secrets: new Set(allSecrets),
    filter: secretFilter([...new Set(allSecrets)]),
  };
  const withoutPeople = (text: string): string =>
    people.reduce((rest, value) => (rest.includes(value) ? rest.replaceAll(value, '[personal]') : rest), text);
  return (platform) => {
    const { mask, secrets, filter } = masks.get(platform ?? '') ?? unknownPlatform;
    const shown = (value: unknown, name: string): unknown => {
      if (typeof value === 'string' && secrets.has(name) && value !== '') return '[secret]';
      const text = JSON.stringify(mask.value(value, name));
      if (text === undefined) return undefined;
      return JSON.parse(
        typeof value === 'string' || typeof value === 'object' ? withoutPeople(withoutSecrets(text)) : text,
      );
    };
    const withoutSecrets = (text: string): string => filter.body(text).toString();
    return {
      target: (target) => withoutPeople(mask.text(filter.target(target))),
      difference: (difference) => {
        const name = difference.at.split('/').findLast((part) => !/^[0-9]*$/.test(part)) ?? '';
        return {
          ...difference,
          ...('was' in difference ? { was: shown(difference.was, name) } : {}),
          ...('is' in difference ? { is: shown(difference.is, name) } : {}),
        };
      },
    };
  };
}

/** The values of people in requests and answers, the longest first. */
function peopleIn(calls: readonly CapturedCall[], personal: Readonly<Record<string, PersonalKind>>): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown, isPersonal: boolean): void => {
    if (found.size >= MAX_PEOPLE) return;
    if (typeof value === 'string' && isPersonal && value.length >= MIN_LENGTH)
      found.add(JSON.stringify(value).slice(1, -1));
    else if (Array.isArray(value)) for (const one of value) look(one, isPersonal);
    else if (isObject(value))
      for (const [name, inner] of Object.entries(value)) look(inner, isPersonal || Object.hasOwn(personal, name));
  };
  for (const { body, response } of calls)
    for (const text of [body, response.body ?? '']) {
      const json = parseJson(Buffer.from(text));
      if (json.ok) look(json.value, false);
    }
  return [...found].toSorted((one, other) => other.length - one.length);
}
