import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file as it is sent. */
export interface SentFile {
  readonly type: string;
  /** `br` or `gzip` where a compressed copy is sent. */
  readonly encoding: string | null;
  readonly bytes: Uint8Array;
}

/** What a browser loads of a console; no other kind of file is sent. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
};

/** Copies beside a file by the name of their encoding, the smaller ones first. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** A part of a path that leads to no hidden file and no other folder. */
const PART = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;

/** Reads a file of a folder by its path in URLs, compressed as the caller takes it; null where it is not sent. */
export async function readSentFile(
  folder: string,
  path: string,
  accepted: string | undefined,
): Promise<SentFile | null> {
  const parts = path.split('/');
  const type = TYPES[extensionOf(path) ?? ''];
  if (type === undefined || parts.length > 8 || !parts.every((part) => PART.test(part))) return null;
  const file = join(folder, ...parts);
  for (const [encoding, ending] of ENCODINGS) {
    if (!takes(accepted, encoding)) continue;
    const bytes = await bytesOf(file + ending);
    if (bytes !== null) return { type, encoding, bytes };
  }
  const bytes = await bytesOf(file);
  return bytes === null ? null : { type, encoding: null, bytes };
}

/** Returns the extension of the last part of a path; null where it has none. */
export function extensionOf(path: string): string | null {
  return /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? null;
}

/** Returns whether an `Accept-Encoding` header takes an encoding (RFC 9110, 12.5.3); `q=0` refuses it. */
export function takes(accepted: string | undefined, encoding: string): boolean {
  for (const one of (accepted ?? '').split(',')) {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    if (name === encoding) return !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  }
  return false;
}

async function bytesOf(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch {
    // Absent, a folder, or not readable: for a caller it is not there.
    return null;
  }
}
