import type { WholeRequestView } from '../contract.ts';
import { isSentByItself } from './own-headers.ts';
import { bodyText, headerText, pathText, written, type Text } from './text.ts';

/** Writes entries as lines for a shell; `$TOKEN` and `$SECRET` are to be filled in. */
export function curlOf(requests: readonly WholeRequestView[], origin: string): string {
  return requests.map((request) => curlLine(request, origin)).join('\n');
}

function curlLine({ method, path, request }: WholeRequestView, origin: string): string {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !isSentByItself(name))
    .map(([name, value]) => ` \\\n  -H ${quoted([`${name}: `, ...headerText(name, value)])}`);
  const body = request.body === null ? '' : ` \\\n  --data-raw ${quoted(bodyText(plainText(request.body)))}`;
  // Without a comment: an interactive zsh takes one for a command.
  return `curl -sS -X ${method} ${quoted([origin, ...pathText(path)])}${headers.join('')}${body}\n`;
}

/** Text that no shell changes. */
function quoted(text: Text): string {
  return written(joined(text), (literal) => `'${literal.replaceAll("'", "'\\''")}'`, {
    token: '"$TOKEN"',
    secret: '"$SECRET"',
  }).join('');
}

/** Joins pieces that follow each other, so that they are quoted as one. */
function joined(text: Text): Text {
  const pieces: Text[number][] = [];
  for (const piece of text) {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces;
}

/** Returns a body as it was sent, but for spaces. */
export function plainText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
