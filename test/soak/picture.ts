import type { Sample } from './samples.ts';

const WIDTH = 900;
const HEIGHT = 130;
const LEFT = 150;

/** Memory, heap, descriptors and latency over time, each in a strip of its own. */
export function pictureOf(samples: readonly Sample[]): string {
  const strips = [
    strip(
      'resident memory',
      'MB',
      samples.map(({ residentMb }) => residentMb),
      0,
    ),
    strip(
      'heap in use',
      'MB',
      samples.map(({ heapMb }) => heapMb),
      1,
    ),
    strip(
      'open descriptors',
      '',
      samples.map(({ descriptors }) => descriptors ?? 0),
      2,
    ),
    strip(
      'p99',
      'ms',
      samples.map(({ p99 }) => p99),
      3,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(WIDTH)}" height="${String(HEIGHT * strips.length)}" font-family="system-ui, sans-serif" font-size="13">
<rect width="100%" height="100%" fill="#ffffff"/>
${strips.join('\n')}
</svg>
`;
}

function strip(what: string, unit: string, values: readonly number[], index: number): string {
  const most = Math.max(1, ...values);
  const [top, room] = [index * HEIGHT + 20, HEIGHT - 40];
  const points = values.map((value, at) => {
    const x = LEFT + (at / Math.max(1, values.length - 1)) * (WIDTH - LEFT - 20);
    return `${x.toFixed(1)},${(top + room - (value / most) * room).toFixed(1)}`;
  });
  return `<text x="16" y="${String(top + 14)}" fill="#1f2329">${what}</text>
<text x="16" y="${String(top + 32)}" fill="#8f959e">up to ${most.toFixed(0)} ${unit}</text>
<line x1="${String(LEFT)}" y1="${String(top + room)}" x2="${String(WIDTH - 20)}" y2="${String(top + room)}" stroke="#d0d3d6"/>
<polyline points="${points.join(' ')}" fill="none" stroke="#3370ff" stroke-width="1.5"/>`;
}
