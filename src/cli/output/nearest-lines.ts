import { counted } from '../../lib/counted.ts';
import type { Nearest, NearestStep } from '../../sandbox/nearest/contract.ts';
import { sentenceOf } from '../../sandbox/nearest/sentence.ts';
import type { Paint } from './colors.ts';

/** Writes the nearest request that passes for a terminal, in both languages. */
export function nearestLines(nearest: Nearest, paint: Paint): readonly string[] {
  if (!nearest.verified) {
    const { reason, detail, remedy, runs } = nearest;
    const why =
      reason === 'not-run'
        ? (detail ?? '')
        : `${counted(runs, 'request was', 'requests were')} tried 已尝试 ${String(runs)} 次`;
    return [
      paint.dim(`    no request was found that passes 未找到可通过的请求: ${why}`),
      ...(remedy === undefined ? [] : [`    in general 一般建议  ${remedy}`]),
    ];
  }
  const { request, steps, others = [] } = nearest;
  const settings = steps.flatMap((step) => (step.kind === 'setting' ? [JSON.stringify(step.company_file)] : []));
  return [
    `    ${paint.green('passes 可通过')}  ${inBoth(steps)}`,
    ...settings.map((fragment) => `    company file 公司文件  ${fragment}`),
    paint.dim(`    ${request.method} ${request.path}`),
    ...(request.body === null ? [] : [paint.dim(`    ${JSON.stringify(request.body)}`)]),
    ...others.map((way) => paint.dim(`    or 或  ${inBoth(way.steps)}`)),
  ];
}

function inBoth(steps: readonly NearestStep[]): string {
  return `${sentenceOf(steps, 'en')} ${sentenceOf(steps, 'zh')}`;
}
