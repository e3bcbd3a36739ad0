import { createHash } from 'node:crypto';
import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type {
  AgreedBase,
  Link,
  LinkPage,
  LinkState,
  NewLink,
  Subject,
  SubjectKind,
} from '../../directory/targets/target-store.ts';
import type { Row, SqlSyntax, SqlTask, SqlValue } from '../engine.ts';
import { isStillDriver } from '../queries/consumers.ts';
import { numberOrNull, opened, sealedOrNull, textOrNull } from './sealed-columns.ts';

/** A page of links, in the order of kind and subject. */
export function* linkPage(consumer: string, { kind, state, after, limit }: LinkPage): SqlTask<readonly Link[]> {
  const params: SqlValue[] = [consumer, limit, after?.kind ?? '', after?.subject ?? ''];
  const also = (
    [
      ['kind', kind],
      ['state', state],
    ] as const
  ).flatMap(([column, value]) => {
    if (value === undefined) return [];
    params.push(value);
    return [` AND ${column} = $${String(params.length)}`];
  });
  const [rows = []] = yield [
    {
      text: `SELECT * FROM link WHERE consumer = $1 AND (kind, subject) > ($3, $4)${also.join('')} ORDER BY kind, subject LIMIT $2`,
      params,
    },
  ];
  return rows.map(linkOf);
}

/** The links of some subjects. */
export function* linksOf(flavor: SqlSyntax, consumer: string, subjects: readonly Subject[]): SqlTask<readonly Link[]> {
  const found = yield Array.from(
    Map.groupBy(subjects, ({ kind }) => kind),
    ([kind, of]) => ({
      text: `SELECT * FROM link WHERE consumer = $1 AND kind = $2 AND subject IN (SELECT value FROM ${flavor.jsonEach('$3', 'v')})`,
      params: [consumer, kind, JSON.stringify(of.map(({ subject }) => subject))],
    }),
  );
  return found.flatMap((rows) => rows.map(linkOf));
}

/** The links of some live ids. */
export function* linksByLiveId(
  flavor: SqlSyntax,
  consumer: string,
  kind: SubjectKind,
  liveIds: readonly string[],
): SqlTask<readonly Link[]> {
  const [rows = []] = yield [
    {
      text: `SELECT * FROM link WHERE consumer = $1 AND kind = $2 AND live_id IN (SELECT value FROM ${flavor.jsonEach('$3', 'v')})`,
      params: [consumer, kind, JSON.stringify(liveIds)],
    },
  ];
  return rows.map(linkOf);
}

/**
 * The employees whose values were agreed on last. It goes through all links of a target, which a driver does once: an index
 * would cost every delivery more.
 */
export function* newestLinks(consumer: string, limit: number): SqlTask<readonly Link[]> {
  const [rows = []] = yield [
    {
      text: "SELECT * FROM link WHERE consumer = $1 AND kind = 'employee' AND state = 'linked' AND base IS NOT NULL ORDER BY base_at DESC, subject LIMIT $2",
      params: [consumer, limit],
    },
  ];
  return rows.map(linkOf);
}

const PUT = `INSERT INTO link (consumer, kind, subject, live_id, matched_by, state, delivered) VALUES ($1, $2, $3, $4, $5, $6, 0)
ON CONFLICT (consumer, kind, subject) DO UPDATE SET live_id = excluded.live_id, matched_by = excluded.matched_by, state = excluded.state,
base = CASE WHEN link.live_id = excluded.live_id THEN link.base END, base_at = CASE WHEN link.live_id = excluded.live_id THEN link.base_at END,
delivered = CASE WHEN link.live_id = excluded.live_id THEN link.delivered ELSE 0 END`;

/** Keeps links. Two of ours are never the same there: the one that had the live id is a matter for an operator. */
export function* putLinks(flavor: SqlSyntax, claim: ConsumerClaim, links: readonly NewLink[]): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  yield links.flatMap(({ kind, subject, liveId, matchedBy, state }) => [
    ...(liveId === null
      ? []
      : [
          {
            text: "UPDATE link SET live_id = NULL, state = 'ambiguous', base = NULL, base_at = NULL, delivered = 0 WHERE consumer = $1 AND kind = $2 AND live_id = $3 AND subject <> $4",
            params: [claim.id, kind, liveId, subject],
          },
        ]),
    { text: PUT, params: [claim.id, kind, subject, liveId, matchedBy, state] },
  ]);
  return true;
}

/** Removes links. */
export function* removeLinks(flavor: SqlSyntax, claim: ConsumerClaim, subjects: readonly Subject[]): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  yield subjects.map(({ kind, subject }) => ({
    text: 'DELETE FROM link WHERE consumer = $1 AND kind = $2 AND subject = $3',
    params: [claim.id, kind, subject],
  }));
  return true;
}

/** Keeps what both sides agreed on; what is delivered never goes back. */
export function* agreeOn(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  agreed: readonly AgreedBase[],
  now: number,
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  yield agreed.map(({ kind, subject, base, delivered }) => ({
    text: 'UPDATE link SET base = $4, base_at = $5, delivered = CASE WHEN delivered > $6 THEN delivered ELSE $6 END WHERE consumer = $1 AND kind = $2 AND subject = $3',
    params: [claim.id, kind, subject, sealedOrNull(base, `${kind} ${subject}`), now, delivered],
  }));
  return true;
}

/** When each linked subject was agreed on, in no order: which order it is only has what is known read once more. */
const MARK = `SELECT string_agg(subject || ' ' || base_at, ',') AS agreed FROM link
WHERE consumer = $1 AND kind = $2 AND state = 'linked' AND base_at IS NOT NULL`;

/** A text that is another one after what is agreed on of linked subjects changed; it reads when, and not what. */
export function* linkMark(consumer: string, kind: SubjectKind): SqlTask<string> {
  const [[row] = []] = yield [{ text: MARK, params: [consumer, kind] }];
  return createHash('sha256')
    .update(textOrNull(row?.['agreed']) ?? '')
    .digest('base64');
}

/** How many links are in each state. */
export function* countLinks(consumer: string): SqlTask<Readonly<Partial<Record<LinkState, number>>>> {
  const [rows = []] = yield [
    { text: 'SELECT state, count(*) AS links FROM link WHERE consumer = $1 GROUP BY state', params: [consumer] },
  ];
  return Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['links'])]));
}

/** The agreed values of a row. Throws `StoreDamagedError`. */
export function baseOf(row: Row): Link['base'] {
  // Written by `agreeOn` from the type it is read as.
  return opened(row['base'], `${String(row['kind'])} ${String(row['subject'])}`) as Link['base'];
}

function linkOf(row: Row): Link {
  return {
    // Both are written by this file alone.
    kind: String(row['kind']) as SubjectKind,
    state: String(row['state']) as LinkState,
    subject: String(row['subject']),
    liveId: textOrNull(row['live_id']),
    matchedBy: String(row['matched_by']),
    base: baseOf(row),
    baseAt: numberOrNull(row['base_at']),
    delivered: Number(row['delivered']),
  };
}
