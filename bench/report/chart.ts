import { shown } from './ratio.ts';
import type { Row } from './row.ts';

const WIDTH = 1240;
const LINE = 34;
const LEFT = 620;
const BAR = 380;

/** A bar for each ratio as a share of its goal: the line in the middle is the goal, further right is better. */
export function picture(rows: readonly Row[]): string {
  const height = rows.length * LINE + 60;
  const bars = rows.map((row, index) => bar(row, 48 + index * LINE)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(WIDTH)}" height="${String(height)}" viewBox="0 0 ${String(WIDTH)} ${String(height)}" font-family="system-ui, sans-serif" font-size="13">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="16" y="26" font-size="15" font-weight="600" fill="#1f2329">Ratios against their goals (right of the line: met)</text>
<line x1="${String(LEFT + BAR / 2)}" y1="40" x2="${String(LEFT + BAR / 2)}" y2="${String(height - 12)}" stroke="#8f959e" stroke-dasharray="4 3"/>
${bars}
</svg>
`;
}

function bar({ goal, what, ratio, wanted }: Row, top: number): string {
  if (ratio === null || wanted === null) return '';
  const { text, isMet } = wanted;
  const limit = Number(/[0-9.]+/.exec(text)?.[0] ?? 1);
  const reached = /^[≤<]/.test(text) ? limit / ratio.median : ratio.median / limit;
  const length = Math.max(2, Math.min(BAR, (BAR / 2) * reached));
  const colour = isMet ? '#2ea121' : '#d83931';
  return `<text x="16" y="${String(top + 16)}" fill="#1f2329">${goal} ${escaped(what)}</text>
<rect x="${String(LEFT)}" y="${String(top)}" width="${String(length)}" height="22" rx="3" fill="${colour}" fill-opacity="0.85"/>
<text x="${String(LEFT + BAR + 14)}" y="${String(top + 16)}" fill="${colour}" font-weight="600">${shown(ratio.median)} (${escaped(text)})</text>`;
}

function escaped(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
