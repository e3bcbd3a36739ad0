/*
 * Bounds for what no page states a limit for: our own, one for each kind, so that a record has a size that can be known.
 * What is beyond one is 99992402, `the max len is N`. Ids need none: an unknown one is refused by its own code. [proposed]
 */

/** A text that people write: 个性签名, 工位, texts of custom fields; as long as the contact API lets a description be. */
export const MAX_IN_TEXT = 5_000;
/** An address on the web. */
export const MAX_IN_URL = 2_048;
/** The number in a custom field of phones: as long as the employee's own mobile. [seed] */
export const MAX_IN_PHONE = 255;
/** Languages of one text; those that the platform does not know are counted too. */
export const MAX_LANGUAGES = 100;
/** What is searched for among employees. */
export const MAX_IN_QUERY = 1_000;
