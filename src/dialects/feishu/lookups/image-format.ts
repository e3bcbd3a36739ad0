/** A picture's format by its first bytes, and how large it is where the format says so near its beginning. */
export interface ImageFormat {
  readonly name: 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'ico' | 'tiff' | 'heic';
  /** Its media type. */
  readonly type: string;
  /** In pixels; null where they were not found. */
  readonly width: number | null;
  readonly height: number | null;
}

type Size = readonly [width: number, height: number] | null;

const HEIC_BRANDS: ReadonlySet<string> = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);

/** The formats that the platform takes; null for anything else. [public: image] */
export function imageFormatOf(bytes: Buffer): ImageFormat | null {
  const starts = (text: string, at = 0): boolean => bytes.toString('latin1', at, at + text.length) === text;
  const found = (name: ImageFormat['name'], size: Size, type = `image/${name}`): ImageFormat => ({
    name,
    type,
    width: size?.[0] ?? null,
    height: size?.[1] ?? null,
  });
  if (starts('\xff\xd8\xff')) return found('jpeg', jpegSize(bytes));
  if (starts('\x89PNG\r\n\x1a\n'))
    return found(
      'png',
      sizeAt(bytes, 24, () => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]),
    );
  if (starts('GIF87a') || starts('GIF89a')) {
    return found(
      'gif',
      sizeAt(bytes, 10, () => [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]),
    );
  }
  if (starts('RIFF') && starts('WEBP', 8)) return found('webp', webpSize(bytes));
  if (starts('BM') && bytes.byteLength >= 26) return found('bmp', bmpSize(bytes));
  if (starts('\0\0\x01\0')) return found('ico', null, 'image/x-icon'); // no side is longer than 256
  if (starts('II*\0') || starts('MM\0*')) return found('tiff', null);
  if (starts('ftyp', 4) && HEIC_BRANDS.has(bytes.toString('latin1', 8, 12))) return found('heic', null);
  return null;
}

/** Reads what lies before the byte `end`, or nothing where the picture is shorter. */
function sizeAt(bytes: Buffer, end: number, read: () => Size): Size {
  return bytes.byteLength < end ? null : read();
}

/** A height below zero says that the rows stand from top to bottom. */
function bmpSize(bytes: Buffer): Size {
  const isOld = bytes.readUInt32LE(14) === 12;
  return isOld
    ? [bytes.readUInt16LE(18), bytes.readUInt16LE(20)]
    : [bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))];
}

function webpSize(bytes: Buffer): Size {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return sizeAt(bytes, 30, () => [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]);
    case 'VP8L': // 14 bits each
      return sizeAt(bytes, 25, () => {
        const bits = bytes.readUInt32LE(21);
        return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
      });
    case 'VP8 ':
      return sizeAt(bytes, 30, () => [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]);
    default:
      return null;
  }
}

/** The size is in the frame's header, behind segments that contain their own length. */
function jpegSize(bytes: Buffer): Size {
  let at = 2;
  while (at + 9 <= bytes.byteLength) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++; // padding
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
