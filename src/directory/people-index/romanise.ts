/** Writes names in pinyin, a syllable for each Chinese character; surnames have their own reading, e.g. 单 is shan. */
export async function romaniser(): Promise<(name: string) => readonly string[]> {
  // Its tables take memory and time to load, so they are loaded only where people are searched.
  const { pinyin } = await import('pinyin-pro');
  return (name) => pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'consecutive' });
}
