import type { TargetOptions } from '../target.ts';

/** The options that a command to be run next has in common with the one that names it. */
export type SharedOptions = TargetOptions & { readonly company?: string };

/** Returns a command as it is typed to follow one with these options. Secrets are not repeated. */
export function nextCommand(words: readonly string[], { company, data, store, server }: SharedOptions): string {
  const options = Object.entries({ company, data, store: withoutPassword(store), server });
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return ['mingce', ...words, ...given].map(quoted).join(' ');
}

/** Returns the line that names the command to be typed next. */
export function nextLine(words: readonly string[], options: SharedOptions): string {
  return `Next 下一步: ${nextCommand(words, options)}`;
}

/** The address of a database may hold its password. */
function withoutPassword(store: string | undefined): string | undefined {
  return store?.startsWith('postgres') === true ? 'postgres://…' : store;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w./:=@%+…-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
