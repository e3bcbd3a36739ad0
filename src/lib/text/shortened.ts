/** Returns a text with no more than so many characters, and a sign behind them where there were more; half a sign of two parts is replaced. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
}
