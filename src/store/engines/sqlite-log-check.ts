import { closeSync, openSync, readSync } from 'node:fs';

/*
 * SQLite takes the first frame of its log that does not fit as the end of it, and says nothing: after a crash that is
 * where a write was torn. But a transaction is written only after the one before it has been synced. So where whole
 * transactions stand behind a frame that does not fit, that frame had been on the disk, and was damaged since.
 * The format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */

const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;
const AT_ONCE = 256;

/** Whether the log beside a database was damaged before its end. */
export function isLogDamaged(file: string): boolean {
  let fd: number;
  try {
    fd = openSync(`${file}-wal`, 'r');
  } catch {
    return false;
  }
  try {
    return isDamaged(fd);
  } finally {
    closeSync(fd);
  }
}

/** The two sums of a checksum, which go on from frame to frame. */
type Sums = [number, number];

function isDamaged(fd: number): boolean {
  const header = Buffer.alloc(HEADER);
  if (readSync(fd, header, 0, HEADER, 0) < HEADER) return false;
  const magic = header.readUInt32BE(0);
  const isLittle = (magic & 1) === 0;
  const sums: Sums = [0, 0];
  summed(sums, header.subarray(0, 24), isLittle);
  let fits = magic >>> 1 === MAGIC >>> 1 && sums[0] === header.readUInt32BE(24) && sums[1] === header.readUInt32BE(28);
  const size = fits ? header.readUInt32BE(8) : 4_096;
  let salts = fits ? header.subarray(16, 24) : null;
  let commits = 0;
  for (const frame of framesIn(fd, FRAME_HEADER + size)) {
    // A damaged header says nothing of its frames; the first of them does.
    salts ??= Buffer.from(frame.subarray(8, 16));
    const isOurs = frame.subarray(8, 16).equals(salts);
    if (fits) {
      summed(sums, frame.subarray(0, 8), isLittle);
      summed(sums, frame.subarray(FRAME_HEADER), isLittle);
      fits = isOurs && sums[0] === frame.readUInt32BE(16) && sums[1] === frame.readUInt32BE(20);
      if (fits) continue;
    }
    // Behind the damage: the end of a transaction, and anything that was written after it.
    if (!isOurs) continue;
    if (commits > 0) return true;
    if (frame.readUInt32BE(4) > 0) commits++;
  }
  return false;
}

function* framesIn(fd: number, size: number): Iterable<Buffer> {
  const piece = Buffer.alloc(size * AT_ONCE);
  for (let at = HEADER; ; at += piece.length) {
    const read = readSync(fd, piece, 0, piece.length, at);
    for (let from = 0; from + size <= read; from += size) yield piece.subarray(from, from + size);
    if (read < piece.length) return;
  }
}

function summed(sums: Sums, bytes: Buffer, isLittle: boolean): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [first, second] = sums;
  for (let at = 0; at < bytes.byteLength; at += 8) {
    first = (first + view.getUint32(at, isLittle) + second) >>> 0;
    second = (second + view.getUint32(at + 4, isLittle) + first) >>> 0;
  }
  sums[0] = first;
  sums[1] = second;
}
