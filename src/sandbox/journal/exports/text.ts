/** What takes the place of a secret where a call is taken elsewhere. */
export type Variable = 'token' | 'secret';

/** A text, with variables where secrets were. */
export type Text = readonly (string | { readonly variable: Variable })[];

/** What is kept in the place of a secret. */
const KEPT_SECRET = /\[secret [0-9a-f]{8}\]/;
/** Parameters of a query that carry a token on one platform or another. */
const TOKEN_PARAMETER = /[?&;]access_?token=$/i;

/** Splits a path with its query at the secrets that it had. */
export function pathText(path: string): Text {
  return textOf(path, (before) => (TOKEN_PARAMETER.test(before) ? 'token' : 'secret'));
}

/** Splits the value of a header at the secrets that it had. */
export function headerText(name: string, value: string): Text {
  return textOf(value, () => (name.toLowerCase() === 'authorization' ? 'token' : 'secret'));
}

/** Splits a body at the secrets that it had. */
export function bodyText(body: string): Text {
  return textOf(body, () => 'secret');
}

/** Writes a text with each variable as it is written in a language. */
export function written(text: Text, literal: (text: string) => string, variables: Readonly<Record<Variable, string>>) {
  return text.map((piece) => (typeof piece === 'string' ? literal(piece) : variables[piece.variable]));
}

function textOf(text: string, variableAfter: (before: string) => Variable): Text {
  const [first = '', ...others] = text.split(KEPT_SECRET);
  let before = first;
  const pieces: (string | { readonly variable: Variable })[] = [first];
  for (const other of others) {
    pieces.push({ variable: variableAfter(before) }, other);
    before += other;
  }
  return pieces.filter((piece) => piece !== '');
}
