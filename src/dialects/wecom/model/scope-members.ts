import Type from 'typebox';

/** Nodes of one tag. [public: 90210] */
export const MAX_NODES = 30_000;

/** Members and departments of a visible range or a tag, in a company file. */
export const range = {
  userids: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { maxItems: MAX_NODES })),
  department_ids: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { maxItems: MAX_NODES })),
};

/** Who belongs to something: members and whole departments. */
export interface ScopeMembers {
  readonly userids: readonly string[];
  readonly department_ids: readonly number[];
}
