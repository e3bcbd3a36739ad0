import type { Attachment } from '../../../directory/attachment.ts';
import { load, type Decision, type Effect, type Store, type StoreTask } from '../../../directory/store.ts';
import type { Ids } from '../../../lib/ids.ts';
import { DIALECT } from '../auth/caller.ts';

/** What a file is uploaded as. [public: 90253] */
export type MediaType = 'image' | 'voice' | 'video' | 'file';

/** A file that was uploaded, without its bytes. */
export interface Media {
  readonly id: string;
  readonly type: MediaType;
  readonly name: string;
  /** Epoch milliseconds, on the company's clock. */
  readonly at: number;
  readonly size: number;
  /** Whether all of it is kept. */
  readonly isReady: boolean;
  /** An import reads it, so it is not removed. */
  readonly isInUse?: boolean;
}

/** A file is kept three days. [public: 90253] */
const MEDIA_MS = 3 * 86_400_000;
/** So much is kept of one company, the latest. Our own bounds. */
const MAX_FILES = 500;
const MAX_BYTES = 64 * 1024 * 1024;
/** A file is kept in pieces, so that no write lasts long. */
const PIECE_BYTES = 512 * 1024;

const INDEX = 'wecom-media';
const KEPT = { dialect: DIALECT, type: 'application/json' } as const;

/** A media_id: 44 characters of base64url, a letter or digit first. (wecom-more 6.1) */
export function mediaIdOf(ids: Ids): string {
  return Buffer.from(ids.hex(66), 'hex').toString('base64url').replace(/^[-_]/, 'M');
}

/** Keeps a file, a piece at a time; false where the company is gone. */
export async function keepMedia(
  store: Store,
  tenant: number,
  media: Omit<Media, 'isReady' | 'size'>,
  bytes: Buffer,
): Promise<boolean> {
  const size = bytes.byteLength;
  const isOnePiece = size <= PIECE_BYTES;
  const entry = { ...media, size, isReady: isOnePiece };
  const pieces = piecesOf(entry).map((id, index) => attachmentOf(id, bytes, index));
  const isThere = await store.write(() => addToIndex(tenant, entry, isOnePiece ? pieces : []));
  if (!isThere || isOnePiece) return isThere;
  for (const piece of pieces) if (!(await store.write(() => writePiece(tenant, media.id, piece)))) return false;
  return await store.write(() => markMedia(tenant, media.id, { isReady: true }));
}

/** The file with that media_id, while it is good. */
export function* mediaWith(tenant: number, id: string, at: number): StoreTask<Media | null> {
  const media = (yield* mediaIndex(tenant)).find((one) => one.id === id);
  return media?.isReady === true && !isOver(media, at) ? media : null;
}

/** The bytes of a file; null where it was removed meanwhile. */
export async function readMedia(store: Store, tenant: number, media: Media): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  for (const id of piecesOf(media)) {
    const piece = await store.read(() => load('attachment', { tenant, id }));
    if (piece === null) return null;
    pieces.push(piece.bytes);
  }
  return Buffer.concat(pieces);
}

/** What marks a file as read by an import, which keeps it, or as not read any more. */
export function* useMedia(tenant: number, id: string, isInUse: boolean): StoreTask<readonly Effect[]> {
  const index = yield* mediaIndex(tenant);
  if (!index.some((one) => one.id === id && one.isInUse !== isInUse)) return [];
  return [indexWrite(tenant, withMarks(index, id, { isInUse }))];
}

/** A file that an import reads, however old it is. */
export function* mediaInUse(tenant: number, id: string): StoreTask<Media | null> {
  return (yield* mediaIndex(tenant)).find((one) => one.id === id && one.isInUse === true) ?? null;
}

function* addToIndex(tenant: number, media: Media, pieces: readonly Attachment[]): StoreTask<Decision<boolean>> {
  if ((yield* load('tenant', { number: tenant })) === null) return { answer: false, effects: [] };
  const { kept, gone } = withRoomFor(yield* mediaIndex(tenant), media);
  const ids = gone.flatMap(piecesOf);
  return {
    answer: true,
    effects: [
      ...(ids.length === 0 ? [] : [{ write: 'attachment-end' as const, tenant, ids }]),
      ...pieces.map((attachment) => ({ write: 'attachment' as const, tenant, attachment })),
      indexWrite(tenant, [...kept, media]),
    ],
  };
}

/** Writes nothing once the file was given up for others, or the company is gone: there would be nothing to find it by. */
function* writePiece(tenant: number, id: string, attachment: Attachment): StoreTask<Decision<boolean>> {
  const isThere = (yield* mediaIndex(tenant)).some((one) => one.id === id);
  return { answer: isThere, effects: isThere ? [{ write: 'attachment', tenant, attachment }] : [] };
}

function* markMedia(tenant: number, id: string, marks: Partial<Media>): StoreTask<Decision<boolean>> {
  const index = yield* mediaIndex(tenant);
  if (!index.some((one) => one.id === id)) return { answer: false, effects: [] };
  return { answer: true, effects: [indexWrite(tenant, withMarks(index, id, marks))] };
}

function withMarks(index: readonly Media[], id: string, marks: Partial<Media>): readonly Media[] {
  return index.map((one) => (one.id === id ? { ...one, ...marks } : one));
}

/** The files that stay when another is added: those that are over go first, then the oldest. */
function withRoomFor(index: readonly Media[], { at, size }: Media) {
  const kept: Media[] = [];
  const gone: Media[] = [];
  let room = MAX_BYTES - size;
  let left = MAX_FILES - 1;
  for (const media of index.toReversed()) {
    room -= media.size;
    left--;
    const isKept = media.isInUse === true || (!isOver(media, at) && room >= 0 && left >= 0);
    (isKept ? kept : gone).push(media);
  }
  return { kept: kept.toReversed(), gone };
}

function isOver(media: Media, at: number): boolean {
  return media.at + MEDIA_MS <= at;
}

function* mediaIndex(tenant: number): StoreTask<readonly Media[]> {
  const kept = yield* load('attachment', { tenant, id: INDEX });
  // Written by this file alone.
  return kept === null ? [] : (JSON.parse(Buffer.from(kept.bytes).toString()) as readonly Media[]);
}

function indexWrite(tenant: number, index: readonly Media[]): Effect {
  const bytes = Buffer.from(JSON.stringify(index));
  return { write: 'attachment', tenant, attachment: { ...KEPT, id: INDEX, kind: 'media-index', bytes } };
}

function piecesOf({ id, size }: Pick<Media, 'id' | 'size'>): readonly string[] {
  return Array.from({ length: Math.ceil(size / PIECE_BYTES) }, (_, index) => `${INDEX} ${id} ${String(index)}`);
}

function attachmentOf(id: string, bytes: Buffer, index: number): Attachment {
  const piece = bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES);
  return { id, dialect: DIALECT, kind: 'media', type: 'application/octet-stream', bytes: piece };
}
