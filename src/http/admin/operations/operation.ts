/* Types of the published package: what they lead to needs no types of Node. */

/** How an operation changes things, or does not. */
export type AdminMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One operation of the admin API as a value, which its clients are made from. `Body` is what it takes and `Reply` what it
 * answers; both are types only.
 */
export interface AdminOperation<
  Path extends string = string,
  Query extends string = string,
  Body = unknown,
  Reply = unknown,
> {
  readonly method: AdminMethod;
  /** As in the table of routes: `:name` is one segment. */
  readonly path: Path;
  /** The names of the query parameters; each may be left out. */
  readonly query: readonly Query[];
  /** Whether only the full key may call it although it changes nothing: its answer contains secrets. */
  readonly isSecret?: true;
  /** Never there. */
  readonly shape?: { readonly body: Body; readonly reply: Reply };
}

/** An operation that reads. */
export function reads<Reply>() {
  return <const Path extends string, const Query extends string = never>(
    path: Path,
    query: readonly Query[] = [],
  ): AdminOperation<`${typeof BASE}${Path}`, Query, undefined, Reply> => ({
    method: 'GET',
    path: `${BASE}${path}`,
    query,
  });
}

/** An operation that reads what only the full key may see. */
export function readsSecret<Reply>() {
  const readsAnswer = reads<Reply>();
  return <const Path extends string, const Query extends string = never>(
    path: Path,
    query: readonly Query[] = [],
  ): AdminOperation<`${typeof BASE}${Path}`, Query, undefined, Reply> => ({
    ...readsAnswer(path, query),
    isSecret: true,
  });
}

/** An operation that changes something, or sends a call of a platform. */
export function writes<Body, Reply>() {
  return <const Path extends string, const Query extends string = never>(
    method: Exclude<AdminMethod, 'GET'>,
    path: Path,
    query: readonly Query[] = [],
  ): AdminOperation<`${typeof BASE}${Path}`, Query, Body, Reply> => ({ method, path: `${BASE}${path}`, query });
}

/** Every path of the admin API begins so. */
const BASE = '/mingce/v1';

/** The names of the parameters in a path. */
export type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
