import Type from 'typebox';

/** Members and departments of a visible range or a tag, in a company file. */
export const range = {
  userids: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
  department_ids: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }))),
};

/** Who belongs to something: members and whole departments. */
export interface ScopeMembers {
  readonly userids: readonly string[];
  readonly department_ids: readonly number[];
}
