/** Says how a live tenant is set up, as a refusal ends where there is none; in both languages. */
export function setUp(platform: string): { readonly en: string; readonly zh: string } {
  return {
    en: `write it into its file as docs/live.md shows, apply that, then mingce connect ${platform}.`,
    zh: `公司文件中未配置，写法见 docs/zh-CN/live.md；应用后用 mingce connect ${platform} 连接。`,
  };
}
