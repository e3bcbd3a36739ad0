import Type from 'typebox';

/*
 * Bounds for what no page of Hose states a limit for: our own, one for each kind, so that a record has a size that can be
 * known. What is beyond one counts as built wrongly: 412 `JSON请求参数不正确`. [proposed]
 */

/** Names, codes, mail addresses, phones, ids, numbers: whatever is a line. */
export const MAX_IN_LINE = 1_000;
/** 备注, texts of the custom form, 常驻地, and as JSON what Hose keeps as it comes. */
export const MAX_IN_TEXT = 5_000;
/** Departments of a person, and people and departments that may choose an item. */
export const MAX_IN_LIST = 1_000;

/** A line. */
export const Line = Type.String({ maxLength: MAX_IN_LINE });
/** Null counts as not sent [proposed]. */
export const OptionalLine = Type.Optional(Type.Union([Line, Type.Null()]));
/** Null counts as not sent [proposed]. */
export const OptionalText = Type.Optional(Type.Union([Type.String({ maxLength: MAX_IN_TEXT }), Type.Null()]));
/** A list of ids or codes. */
export const Lines = Type.Array(Line, { maxItems: MAX_IN_LIST });

/** Whether a value that is kept as it comes is small enough. */
export function isSmall(value: unknown): boolean {
  return JSON.stringify(value).length <= MAX_IN_TEXT;
}
