import type { Nearest } from '../../sandbox/nearest/contract.ts';
import type { Paint } from './colors.ts';

/** Writes the nearest request that passes for a terminal. */
export function nearestLines(nearest: Nearest, paint: Paint): readonly string[] {
  if (!nearest.verified) {
    const { reason, detail, runs } = nearest;
    const why = reason === 'not-run' ? (detail ?? '') : `${String(runs)} requests were tried 已尝试 ${String(runs)} 次`;
    return [paint.dim(`    no request was found that passes 未找到可通过的请求: ${why}`)];
  }
  const { text, request, steps } = nearest;
  const settings = steps.flatMap((step) => (step.kind === 'setting' ? [JSON.stringify(step.company_file)] : []));
  return [
    `    ${paint.green('passes 可通过')}  ${text}`,
    ...settings.map((fragment) => `    company file 公司文件  ${fragment}`),
    paint.dim(`    ${request.method} ${request.path}`),
    ...(request.body === null ? [] : [paint.dim(`    ${JSON.stringify(request.body)}`)]),
  ];
}
