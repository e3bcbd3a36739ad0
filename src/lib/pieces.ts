/**
 * Puts what arrives in pieces together, no more than `limit` bytes of it; null when more comes, of which nothing is
 * kept. The limit alone says how much room a caller can take.
 */
export async function collectPieces(pieces: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | null> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (size > limit) return null;
    held.push(piece);
  }
  return Buffer.concat(held, size);
}
