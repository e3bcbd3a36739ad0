import type { Problem } from '../directory/errors.ts';

/** What a dialect answers, by kind and subject of the problem, written `kind subject`. */
export type Answers<Answer> = Readonly<Record<`${Problem['kind']} ${string}`, Answer>>;

/** The problems that have a row in a table: a subject without one does not compile. */
export type ProblemIn<Table extends Answers<unknown>> = ProblemOf<keyof Table & string>;

type ProblemOf<Key extends string> = Key extends `${infer Kind extends Problem['kind']} ${infer Subject}`
  ? Extract<Problem, { kind: Kind }> & { readonly kind: Kind; readonly subject: Subject }
  : never;

type KeyOf<Known extends Problem> = Known extends Problem ? `${Known['kind']} ${Known['subject']}` : never;

/** Returns the key of a problem in such a table. */
export function keyOf<Known extends Problem>({ kind, subject }: Known): KeyOf<Known> {
  // The template of a union is the union of the templates, which the compiler does not follow here.
  return `${kind} ${subject}` as KeyOf<Known>;
}
