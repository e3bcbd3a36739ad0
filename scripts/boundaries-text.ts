// The boundaries that imports cannot show: words, SQL and settings that have no business in a file, and bare suppressions.

export type Breach = { file: string; line: number; boundary: string; found: string };

type Source = {
  /** The file with its comments blanked, line for line. */
  code: string;
  /** Text between quotes, each piece with the line it starts on. */
  strings: { line: number; text: string }[];
};

const platformNames = new Set(['feishu', 'lark', 'wecom', 'weixin', 'hose', 'ekuaibao']);
const platformNamesInChinese = /飞书|企业微信|合思/;

const sqlKeyword = /\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|JOIN|VALUES|PRAGMA|COMMIT|ROLLBACK)\b/;
const sqlStatement =
  /\b(select\s.+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|(create|alter|drop)\s+(table|index|unique|view|trigger)\b)/is;

const suppression =
  /\b(?:oxlint|eslint)-disable(?:-next-line|-line)?\b(?<lint>.*)|@ts-expect-error(?<types>.*)|(?<never>@ts-(?:ignore|nocheck))|\b(?:prettier|knip)-ignore(?:-start)?\b(?<tool>.*)/;

/** `path` is relative to the project's root and written with forward slashes. */
export function breachesIn(path: string, text: string): Breach[] {
  const breaches: Breach[] = [];
  const isTest = /\.(test|suite)\.ts$/.test(path);
  const report = (boundary: string, line: number, found: string): void => {
    breaches.push({ file: path, line, boundary, found: found.replace(/\s+/g, ' ').trim().slice(0, 100) });
  };
  const lines = text.split('\n');

  for (const [index, line] of lines.entries()) {
    const bare = bareSuppression(line);
    if (bare !== undefined) report('suppressions-carry-a-reason', index + 1, bare);
  }

  if (!path.startsWith('src/')) return breaches;
  const { code, strings } = separate(text);

  if (path !== 'src/config.ts' && !isTest) {
    for (const [index, line] of code.split('\n').entries()) {
      if (/\bprocess\s*\.\s*env\b/.test(line)) report('settings-only-in-config', index + 1, line);
    }
  }

  // A company may have another time than the system; `DialectContext.now` knows it.
  if (path.startsWith('src/dialects/') && !isTest) {
    for (const [index, line] of code.split('\n').entries()) {
      if (/\bsystemClock\b|\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)/.test(line))
        report('dialects-ask-the-company-for-the-time', index + 1, line);
    }
  }

  const inDirectory = path.startsWith('src/directory/');
  if (inDirectory) {
    for (const [index, line] of lines.entries()) {
      const name = platformNameIn(line);
      if (name !== undefined) report('directory-names-no-platform', index + 1, name);
    }
  }

  if (!path.startsWith('src/store/') && !isTest) {
    for (const { line, text: quoted } of strings) {
      const sql = sqlStatement.test(quoted) || (inDirectory && sqlKeyword.test(quoted));
      if (sql) report(inDirectory ? 'directory-speaks-no-sql' : 'sql-only-in-store', line, quoted);
    }
  }
  return breaches;
}

/** Names hidden in identifiers count too: `feishuId` and `WECOM_ID` are two words each, `those` is one other word. */
function platformNameIn(line: string): string | undefined {
  const chinese = platformNamesInChinese.exec(line);
  if (chinese !== null) return chinese[0];
  const words = line.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/);
  return words.find((word) => platformNames.has(word.toLowerCase()));
}

function bareSuppression(line: string): string | undefined {
  const found = suppression.exec(line);
  if (found === null) return undefined;
  // Only in a comment: a string or a pattern may spell the words, as those above do.
  if (!/^\s*(\/\/|\/\*|\*|\{\/\*)|\s(\/\/|\/\*)\s/.test(line.slice(0, found.index))) return undefined;
  const { lint, types, tool, never } = found.groups ?? {};
  if (never !== undefined) return never;
  const reason = types === undefined ? /\s--\s+(.*)/.exec(lint ?? tool ?? '')?.[1] : types.replace(/^[\s:—-]+/, '');
  return (reason ?? '').replace(/\*\/.*$/, '').trim().length >= 10 ? undefined : found[0];
}

/** Tells code, comments and strings apart, without reading regular expressions or nesting in templates. */
function separate(text: string): Source {
  const strings: Source['strings'] = [];
  let code = '';
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 2);
    const char = text.charAt(at);
    let end = at + 1;
    if (rest === '//') {
      end = indexOrEnd(text, '\n', at);
      code += ' '.repeat(end - at);
    } else if (rest === '/*') {
      end = Math.min(text.length, indexOrEnd(text, '*/', at + 2) + 2);
      code += text.slice(at, end).replace(/[^\n]/g, ' ');
    } else if (char === "'" || char === '"' || char === '`') {
      while (end < text.length && text.charAt(end) !== char) {
        if (text.charAt(end) === '\\') end += 1;
        // A quote inside a regular expression opens nothing: a plain string never crosses a line.
        else if (text.charAt(end) === '\n' && char !== '`') break;
        end += 1;
      }
      end = Math.min(text.length, end + (text.charAt(end) === char ? 1 : 0));
      strings.push({ line, text: text.slice(at + 1, end - 1) });
      code += text.slice(at, end);
    } else {
      code += char;
    }
    line += text.slice(at, end).split('\n').length - 1;
    at = end;
  }
  return { code, strings };
}

function indexOrEnd(text: string, what: string, from: number): number {
  const index = text.indexOf(what, from);
  return index === -1 ? text.length : index;
}
