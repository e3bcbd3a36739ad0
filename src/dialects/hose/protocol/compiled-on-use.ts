import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

/** Says of a value whether it has a shape. */
export interface Shape<Schema extends TSchema> {
  Check(value: unknown): value is Static<Schema>;
}

/** Returns a shape that is compiled for the first value: to compile all of them would be a fifteenth of each start. */
export function compiledOnUse<Schema extends TSchema>(schema: Schema): Shape<Schema> {
  let compiled: Validator<Record<never, never>, Schema> | undefined;
  return {
    Check: (value): value is Static<Schema> => (compiled ??= Compile(schema)).Check(value),
  };
}
