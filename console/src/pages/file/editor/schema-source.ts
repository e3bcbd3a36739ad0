import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { choicesAt, type Schema } from './schema-choices.ts';
import { placeAt } from './schema-place.ts';

/** So much of a document before the cursor is looked at: the place is found by what is above it. */
const LOOKED_AT = 200_000;

/** Returns what completes a document by its schema. */
export function schemaSource(schema: Schema): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const { state, pos, explicit } = context;
    const from = state.doc.lineAt(Math.max(0, pos - LOOKED_AT)).from;
    const text = state.sliceDoc(from, pos);
    const place = placeAt(text);
    if (place === null || (!explicit && place.typed === '')) return null;
    // After a colon comes a space first.
    if (!place.isName && place.typed === '' && !/\s$/.test(text)) return null;
    const options = choicesAt(schema, place).map(({ label, detail, info, isRequired }): Completion => ({
      label,
      detail,
      ...(info === '' ? {} : { info }),
      type: place.isName ? 'property' : 'enum',
      apply: place.isName ? `${label}: ` : label,
      boost: isRequired ? 1 : 0,
    }));
    return options.length === 0 ? null : { from: pos - place.typed.length, options, validFor: /^[\w.-]*$/ };
  };
}
