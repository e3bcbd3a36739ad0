import Type from 'typebox';
import type { Call, Reply, Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { findCity, citiesFound } from '../../model/cities.ts';
import { answer } from '../../protocol/errors.ts';
import { authenticated, readBody } from '../../auth/guarded-route.ts';
import { missing, malformedBody, refusalReply } from '../../auth/structure-refusal.ts';
import { structureErrors } from '../../protocol/structure-codes.ts';
import { compiledOnUse } from '../../protocol/compiled-on-use.ts';

const OptionalText = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const Search = Type.Object({ name: OptionalText, code: OptionalText, parentId: OptionalText });
const search = compiledOnUse(Search);

function list(_caller: Caller, call: Call): Reply {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!search.Check(body.value)) return refusalReply(malformedBody);
  const { name, code, parentId } = body.value;
  return answer({ items: citiesFound({ name: name ?? '', code: code ?? '', parentId: parentId ?? '' }) });
}

function one(_caller: Caller, { query }: Call): Reply {
  const id = query.get('id') ?? '';
  if (id === '') return refusalReply(missing('id'));
  const value = findCity(id);
  if (value !== null) return answer({ value });
  return refusalReply({
    problem: { kind: 'unknown', subject: 'city', value: id },
    failure: structureErrors.nothingFound,
  });
}

/** The places of China. */
export const cityRoutes: readonly Route[] = [
  {
    operation: 'city.list',
    method: 'POST',
    path: '/api/openapi/v1/city/getCityList',
    body: Search,
    answer: authenticated('general-directory', list),
  },
  {
    operation: 'city.get',
    method: 'GET',
    path: '/api/openapi/v1/city/getCity',
    answer: authenticated('general-directory', one),
  },
];
