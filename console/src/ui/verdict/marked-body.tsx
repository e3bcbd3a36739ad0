import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { MemberResult } from '../../../../src/sandbox/journal/contract.ts';
import { jsonLines, placeOf, type JsonLine } from '../code/json-lines.ts';
import { visible } from '../code/visible.ts';
import { isTyping } from '../keys/typing.ts';
import { MemberVerdict } from './member-verdict.tsx';
import { BY_WEIGHT, VERDICTS } from './verdicts.ts';
import '../code/code.css';

/** More lines of a body are not drawn. */
const MAX_LINES = 5_000;

interface MarkedLine extends JsonLine {
  readonly results: readonly MemberResult[];
}

/** The body of a request with the verdict of each member on its line; n and N step through those that need a look. */
export function MarkedBody({
  body,
  fields,
  label,
}: {
  readonly body: unknown;
  readonly fields: readonly MemberResult[];
  readonly label: string;
}): ReactNode {
  const { lines, others } = useMemo(() => marked(body, fields), [body, fields]);
  const toSee = useMemo(
    () =>
      lines.flatMap(({ results }, index) =>
        results.some(({ verdict }) => VERDICTS[verdict].needsLook) ? [index] : [],
      ),
    [lines],
  );
  const [chosen, setChosen] = useState(() => worstOf(lines));
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (isTyping(event) || toSee.length === 0 || (event.key !== 'n' && event.key !== 'N')) return;
      const at = toSee.indexOf(chosen ?? -1);
      const next =
        toSee[
          (at + (event.key === 'n' ? 1 : toSee.length - 1) + (at === -1 ? (event.key === 'n' ? 0 : 1) : 0)) %
            toSee.length
        ];
      setChosen(next);
      list.current?.children[next ?? 0]?.scrollIntoView({ block: 'nearest' });
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  }, [chosen, toSee]);
  return (
    <>
      <ul ref={list} className="marked code" aria-label={label} tabIndex={0}>
        {lines.slice(0, MAX_LINES).map((line, index) => {
          const worst = worstResult(line.results);
          const form = worst === undefined ? undefined : VERDICTS[worst.verdict];
          const kind =
            form === undefined ? 'quiet-seen' : form.needsLook || form.kind === 'good' ? form.kind : 'quiet-seen';
          return (
            <li key={index} className={`line-${kind}${index === chosen ? ' line-chosen' : ''}`}>
              <span className="marked-number" aria-hidden="true">
                {index + 1}
              </span>
              <span className={`marked-sign verdict-${form?.kind ?? 'quiet'}-sign`} aria-hidden="true">
                {form?.sign}
                {line.results.some(({ silent }) => silent === true) ? '!' : ''}
              </span>
              <span className="marked-text">
                {'  '.repeat(line.indent)}
                {visible(line.text)}
              </span>
              <span className="marked-said">
                {line.results.map((result) => (
                  <MemberVerdict key={result.field} result={result} />
                ))}
              </span>
            </li>
          );
        })}
      </ul>
      {others.length > 0 && (
        <ul className="stack-tight">
          {others.map((result) => (
            <li key={result.field} className="row wrap">
              <code>{visible(result.field)}</code> <MemberVerdict result={result} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function marked(
  body: unknown,
  fields: readonly MemberResult[],
): { readonly lines: readonly MarkedLine[]; readonly others: readonly MemberResult[] } {
  const lines = jsonLines(body);
  const places = new Set(lines.flatMap(({ path }) => (path === null || path === '' ? [] : path)));
  const at = new Map<string, MemberResult[]>();
  const others: MemberResult[] = [];
  for (const field of fields) {
    const place = placeOf(field.field, places);
    if (place === null) others.push(field);
    else at.set(place, [...(at.get(place) ?? []), field]);
  }
  return { lines: lines.map((line) => ({ ...line, results: at.get(line.path ?? '') ?? [] })), others };
}

function worstResult(results: readonly MemberResult[]): MemberResult | undefined {
  return results.toSorted((a, b) => BY_WEIGHT.indexOf(a.verdict) - BY_WEIGHT.indexOf(b.verdict))[0];
}

/** The line that a reader should see first. */
function worstOf(lines: readonly MarkedLine[]): number | undefined {
  let worst: number | undefined;
  let weight = BY_WEIGHT.indexOf('applied');
  lines.forEach(({ results }, index) => {
    const result = worstResult(results);
    if (result === undefined || BY_WEIGHT.indexOf(result.verdict) >= weight) return;
    weight = BY_WEIGHT.indexOf(result.verdict);
    worst = index;
  });
  return worst;
}
