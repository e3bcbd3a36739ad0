import { queryOptions } from '@tanstack/react-query';
import type { PartInFile, PeopleHaving } from '../../../src/http/admin/catalogues/contract.ts';
import { api } from './client.ts';

/** The name by which the page of lists shows the company's own fields. */
export const FIELDS = 'fields';

/** The lists of choices of a company. */
export const cataloguesQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'catalogues'],
    queryFn: ({ signal }) => api('catalogues.list', { params: { key: company }, signal }),
  });

/** The company's own fields. */
export const fieldsQuery = (company: string) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'fields'],
    queryFn: ({ signal }) => api('fields.list', { params: { key: company }, signal }),
  });

/** An entry of a list, or a field of the company. */
export interface PartPlace {
  readonly company: string;
  /** The name of a list, or `fields`. */
  readonly list: string;
  readonly id: string;
}

/** Who has an entry, or a value in a field; asked for when it is looked at. */
export const peopleHavingQuery = ({ company, list, id }: PartPlace) =>
  queryOptions({
    queryKey: ['c', company, 'record', 'having', list, id],
    queryFn: ({ signal }): Promise<PeopleHaving> =>
      list === FIELDS
        ? api('fields.people', { params: { key: company, field: id }, signal })
        : api('catalogues.people', { params: { key: company, list, entry: id }, signal }),
  });

/** Adds an entry to a list, or a field, in the form of the company file. */
export function addPart({ company, list }: Omit<PartPlace, 'id'>, body: object): Promise<PartInFile> {
  return list === FIELDS
    ? api('fields.add', { params: { key: company }, body })
    : api('catalogues.add', { params: { key: company, list }, body });
}

/** Changes the given members of an entry or a field. */
export function editPart({ company, list, id }: PartPlace, body: object): Promise<PartInFile> {
  return list === FIELDS
    ? api('fields.edit', { params: { key: company, field: id }, body })
    : api('catalogues.edit', { params: { key: company, list, entry: id }, body });
}

/** Removes an entry or a field that no employee has. */
export function removePart({ company, list, id }: PartPlace): Promise<undefined> {
  return list === FIELDS
    ? api('fields.remove', { params: { key: company, field: id } })
    : api('catalogues.remove', { params: { key: company, list, entry: id } });
}
