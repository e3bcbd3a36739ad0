/*
 * The frames of the long connection: `pbbp2.Frame` of proto2, with nine fields of which the first four are required.
 * [public: node, contract feishu-contact.md 6.6]
 */

/** One frame of the long connection. */
export interface Frame {
  readonly seqId: bigint;
  readonly logId: bigint;
  readonly service: number;
  /** 0 is control, 1 is data. */
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
/** A frame of the client has six headers; more than this no client sends. */
const MAX_HEADERS = 32;

/** Writes a frame as the client reads it. */
export function encodeFrame({ seqId, logId, service, method, headers, payload }: Frame): Uint8Array {
  const parts = [number(1, seqId), number(2, logId), number(3, BigInt(service)), number(4, BigInt(method))];
  for (const [key, value] of Object.entries(headers)) {
    parts.push(bytes(5, Buffer.concat([bytes(1, Buffer.from(key)), bytes(2, Buffer.from(value))])));
  }
  parts.push(bytes(8, payload));
  return Buffer.concat(parts);
}

/** Reads a frame that came from a client; null where the bytes are none. */
export function decodeFrame(data: Uint8Array): Frame | null {
  const numbers: bigint[] = [];
  const headers: Record<string, string> = {};
  let count = 0;
  let payload: Uint8Array = new Uint8Array(0);
  for (const field of fieldsIn(data)) {
    if (field === null) return null;
    const { id, value } = field;
    if (id <= 4) {
      if (typeof value !== 'bigint') return null;
      numbers[id] = value;
    } else if (id === 5) {
      const header = typeof value === 'bigint' || ++count > MAX_HEADERS ? null : headerIn(value);
      if (header === null) return null;
      // A name like `__proto__` is one like any other.
      Object.defineProperty(headers, header.key, { value: header.value, enumerable: true, configurable: true });
    } else if (id === 8) {
      if (typeof value === 'bigint') return null;
      payload = value;
    }
  }
  const [, seqId, logId, service, method] = numbers;
  if (seqId === undefined || logId === undefined || service === undefined || method === undefined) return null;
  return { seqId, logId, service: asInt32(service), method: asInt32(method), headers, payload };
}

function headerIn(data: Uint8Array): { readonly key: string; readonly value: string } | null {
  let key: string | undefined;
  let value: string | undefined;
  for (const field of fieldsIn(data)) {
    if (field === null) return null;
    if (typeof field.value === 'bigint') continue;
    const text = Buffer.from(field.value).toString();
    if (field.id === 1) key = text;
    if (field.id === 2) value = text;
  }
  return key === undefined || value === undefined ? null : { key, value };
}

/** One field as it was sent; the values of 32 and 64 bits, which no frame has, are passed over. */
interface Field {
  readonly id: number;
  readonly value: bigint | Uint8Array;
}

/** Goes through the fields; null ends it where the bytes are none. */
function* fieldsIn(data: Uint8Array): Generator<Field | null> {
  let at = 0;
  const varint = (): bigint | null => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = data[at++];
      if (byte === undefined) return null;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    return null;
  };
  while (at < data.length) {
    const tag = varint();
    if (tag === null || tag >> 3n === 0n || tag > 0xffff_ffffn) return void (yield null);
    const id = Number(tag >> 3n);
    const type = Number(tag & 7n);
    if (type === VARINT) {
      const value = varint();
      yield value === null ? null : { id, value };
      if (value === null) return;
    } else if (type === BYTES) {
      const length = varint();
      if (length === null || length > BigInt(data.length - at)) return void (yield null);
      yield { id, value: data.subarray(at, at + Number(length)) };
      at += Number(length);
    } else if (type === FIXED64 || type === FIXED32) {
      at += type === FIXED64 ? 8 : 4;
      if (at > data.length) yield null;
    } else return void (yield null);
  }
}

function asInt32(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

function varintOf(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  out.push(Number(rest));
  return Uint8Array.from(out);
}

function number(id: number, value: bigint): Uint8Array {
  return Buffer.concat([varintOf(BigInt(id << 3)), varintOf(value)]);
}

function bytes(id: number, value: Uint8Array): Uint8Array {
  return Buffer.concat([varintOf(BigInt((id << 3) | BYTES)), varintOf(BigInt(value.length)), value]);
}
