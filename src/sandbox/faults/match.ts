import { BlockList, isIP } from 'node:net';
import type { FaultMatch, FaultRule } from '../../directory/faults/fault.ts';
import { isObject } from '../../lib/json-equal.ts';
import { parseJson } from '../../lib/json.ts';
import { wildcard } from '../../lib/wildcard.ts';
import type { Call } from '../../dialects/dialect.ts';

/** Who calls what. */
export interface MatchedCall {
  readonly call: Call;
  readonly platform: string;
  readonly operation: string;
  readonly app: string;
  /** The company's time, in epoch milliseconds. */
  readonly at: number;
}

/** Makes the test whether a call is one of a rule's, its number aside. */
export function matcherOf({ match = {}, window }: FaultRule): (asked: MatchedCall) => boolean {
  const { platform, app, employee, client, address } = match;
  const isOperation = operationTest(match.operation);
  const isAddress = address === undefined ? null : addressTest(address);
  const from = window?.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(window.from);
  const until = window?.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(window.until);
  const agent = client?.toLowerCase();
  return (asked) =>
    asked.at >= from &&
    asked.at < until &&
    (platform === undefined || asked.platform === platform) &&
    (isOperation === null || isOperation(asked.operation)) &&
    (app === undefined || asked.app === app) &&
    (isAddress === null || isAddress(asked.call.peer)) &&
    (agent === undefined || (asked.call.headers['user-agent'] ?? '').toLowerCase().includes(agent)) &&
    (employee === undefined || names(asked.call, employee));
}

function operationTest(operation: FaultMatch['operation']): ((name: string) => boolean) | null {
  if (operation === undefined) return null;
  const tests = (typeof operation === 'string' ? [operation] : operation).map(wildcard);
  const isOne = (name: string): boolean => tests.some((test) => test(name));
  // A call that is sent by POST instead of GET is the same one.
  return (name) => isOne(name) || (name.endsWith(BY_POST) && isOne(name.slice(0, -BY_POST.length)));
}

const BY_POST = '.by-post';

function addressTest(range: string): (peer: string) => boolean {
  const list = new BlockList();
  const [address = '', bits] = range.split('/');
  const type = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (bits === undefined) list.addAddress(address, type);
  else list.addSubnet(address, Number(bits), type);
  return (peer) => {
    const plain = peer.startsWith('::ffff:') ? peer.slice(7) : peer;
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/** Whether a text is an address, or a range of addresses. */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

/** Of a body so many values are looked at. */
const MAX_VALUES = 10_000;

/** Whether an id is in the path, the query or the body of a call. */
function names({ params, query, body }: Call, id: string): boolean {
  if (Object.values(params).some((value) => value === id || value === `$${id}`)) return true;
  for (const value of query.values()) if (value === id) return true;
  const parsed = parseJson(body);
  if (!parsed.ok) return false;
  const open: unknown[] = [parsed.value];
  for (let looked = 0; open.length > 0 && looked < MAX_VALUES; looked++) {
    const value = open.pop();
    if (value === id || (typeof value === 'number' && String(value) === id)) return true;
    if (Array.isArray(value)) open.push(...(value as unknown[]).slice(0, MAX_VALUES));
    else if (isObject(value)) open.push(...Object.values(value).slice(0, MAX_VALUES));
  }
  return false;
}
