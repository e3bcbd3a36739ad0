import { globSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ON_BOTH_ENGINES } from './both-engines.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where each file of a run leaves the statements that it sent. */
export const SENT = join(root, 'node_modules/.cache/statements-sent');

/** What a file sent. */
interface Sent {
  readonly file: string;
  readonly statements: readonly string[];
}

/** Demands at the end of a run of all files that those of `ON_BOTH_ENGINES` sent every statement that any sent. */
export function setup(): () => void {
  rmSync(SENT, { recursive: true, force: true });
  mkdirSync(SENT, { recursive: true });
  return () => {
    const chosen = ON_BOTH_ENGINES.flatMap((pattern) => globSync(pattern, { cwd: root }));
    const missing = missingIn(chosen, sentByFile());
    if (missing.length === 0) return;
    const lines = missing.map((line) => line.slice(0, 300)).join('\n');
    throw new Error(`npm test does not send PostgreSQL what these files do; name one in both-engines.ts:\n${lines}`);
  };
}

function sentByFile(): readonly Sent[] {
  return readdirSync(SENT).map((name) => {
    const { file, statements } = JSON.parse(readFileSync(join(SENT, name), 'utf8')) as Sent;
    return { file: relative(root, file), statements };
  });
}

/** The statements that none of the chosen files sent, each with one that did; none where not all of the chosen ran. */
function missingIn(chosen: readonly string[], sent: readonly Sent[]): readonly string[] {
  const ran = new Set(sent.map(({ file }) => file));
  if (!chosen.every((file) => ran.has(file))) return [];
  const known = new Set(sent.flatMap(({ file, statements }) => (chosen.includes(file) ? statements : [])));
  return sent.flatMap(({ file, statements }) =>
    statements.filter((text) => !known.has(text)).map((text) => `${file}: ${text}`),
  );
}
