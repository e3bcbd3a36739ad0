const TINTS = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Colours text for a terminal, or leaves it as it is. */
export type Paint = { readonly [Tint in keyof typeof TINTS]: (text: string) => string };

/** Paint that colours, or does not. */
export function colors(colour: boolean): Paint {
  const tint =
    (code: number) =>
    (text: string): string =>
      colour && text !== '' ? `\x1b[${String(code)}m${text}\x1b[0m` : text;
  return {
    bold: tint(TINTS.bold),
    dim: tint(TINTS.dim),
    red: tint(TINTS.red),
    green: tint(TINTS.green),
    yellow: tint(TINTS.yellow),
    cyan: tint(TINTS.cyan),
  };
}

/** Returns how many columns a terminal gives a text, of which a Chinese character takes two. */
export function displayWidth(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1), 0);
}

/** Fills up with spaces to a width in columns. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}
