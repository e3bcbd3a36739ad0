/** A company file, as text or as bytes in UTF-8. */
export type CompanyText = string | Uint8Array;

/** Returns a company file as text. */
export function textOf(file: CompanyText): string {
  return typeof file === 'string' ? file : new TextDecoder().decode(file);
}
