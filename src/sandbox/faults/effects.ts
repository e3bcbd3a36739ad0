import type { FaultEffect } from '../../directory/faults/fault.ts';
import type { Reply, Transport } from '../../dialects/dialect.ts';

/** The reply to a call whose connection ends before it is carried out: nothing of it is sent. */
export function cutReply(how: FaultEffect['how']): Reply {
  return { status: 0, headers: {}, body: '', transport: { cutAfter: 0, ...(how === undefined ? {} : { how }) } };
}

/** An answer that is not the platform's. */
export function foreignReply({ status, body, type = 'text/plain' }: NonNullable<FaultEffect['http']>): Reply {
  return { status, headers: { 'Content-Type': type }, body };
}

/** Changes an answer by an effect that comes after the call was carried out. */
export function spoiled(reply: Reply, { slow, cut, how, body }: FaultEffect): Reply {
  if (slow !== undefined) return carried(reply, { bytesPerSecond: slow.bytes_per_second });
  const ending = how === undefined ? {} : { how };
  if (cut === 'after-commit') return carried(reply, { cutAfter: 0, ...ending });
  if (cut === 'mid-body') return carried(reply, { cutAfter: Math.ceil(Buffer.byteLength(reply.body) / 2), ...ending });
  // What is streamed has no end yet that could be changed.
  if (reply.stream !== undefined) return reply;
  const bytes = Buffer.from(reply.body);
  switch (body) {
    case 'truncated':
      return { ...reply, body: bytes.subarray(0, Math.ceil(bytes.length / 2)) };
    case 'malformed':
      return { ...reply, body: Buffer.concat([bytes.subarray(0, -1), Buffer.from(',,')]) };
    case 'empty':
      return { ...reply, body: '' };
    case 'wrong-length':
      return carried(reply, { declaredLength: bytes.length + 16 });
    default:
      return reply;
  }
}

function carried(reply: Reply, transport: Transport): Reply {
  return { ...reply, transport: { ...reply.transport, ...transport } };
}
