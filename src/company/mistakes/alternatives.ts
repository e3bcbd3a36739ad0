import { isObject } from '../../lib/json-equal.ts';

/** What the schema library says of one mistake. */
export interface SchemaError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: unknown;
}

/**
 * Leaves one mistake of a value that may have several forms. The schema library names what is wrong with it as each of
 * them: a number in place of a name is no text, no map, and none of the two.
 */
export function withoutOtherForms(errors: Iterable<SchemaError>): readonly SchemaError[] {
  const left: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf') {
      left.push(error);
      continue;
    }
    // What is wrong with the forms was named just before.
    const begins = `${error.schemaPath}/anyOf/`;
    const from = left.findLastIndex((one) => !isAbout(one, error.instancePath, begins)) + 1;
    const forms = [...Map.groupBy(left.splice(from), ({ schemaPath }) => formOf(schemaPath, begins)).values()];
    left.push(...meantForm(error, forms));
  }
  return left;
}

function isAbout({ schemaPath, instancePath }: SchemaError, value: string, begins: string): boolean {
  return schemaPath.startsWith(begins) && (instancePath === value || instancePath.startsWith(`${value}/`));
}

function formOf(schemaPath: string, begins: string): string {
  return schemaPath.slice(begins.length).split('/', 1)[0] ?? '';
}

/** The mistakes of the form that the value has, else one that names all forms. */
function meantForm(error: SchemaError, forms: readonly (readonly SchemaError[])[]): readonly SchemaError[] {
  const names = forms.map((form) => nameOf(form, error.instancePath));
  const had = forms.filter((_form, index) => names[index] === undefined).sort((a, b) => a.length - b.length);
  return had[0] ?? [{ ...error, message: `must be ${[...new Set(names)].join(' or ')}` }];
}

/** What a value would have to be for this form; undefined where it is that, and something in it is wrong. */
function nameOf(form: readonly SchemaError[], value: string): string | undefined {
  const whole = form.filter(({ instancePath }) => instancePath === value);
  const given = whole.find(({ keyword }) => keyword === 'const');
  if (given !== undefined && isObject(given.params)) return JSON.stringify(given.params['allowedValue']);
  const kind = whole.find(({ keyword }) => keyword === 'type');
  if (kind !== undefined && isObject(kind.params)) return String(kind.params['type']);
  return whole.find(({ message }) => message.startsWith('must be ') && message.includes(' or '))?.message.slice(8);
}
