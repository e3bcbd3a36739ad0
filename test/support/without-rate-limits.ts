/**
 * A company file as tests need it that are not about limits: Feishu counts no requests, for a test's clock is stopped
 * and its programs are fast. A file that says itself whether they are counted stays as it is.
 */
export function withoutRateLimits(file: string): string {
  if (file.includes('rate_limit_enabled')) return file;
  if (file.trimStart().startsWith('{')) {
    const company = JSON.parse(file) as { readonly feishu?: object };
    if (company.feishu === undefined) return file;
    return JSON.stringify({ ...company, feishu: { rate_limit_enabled: false, ...company.feishu } });
  }
  return file
    .replace(/^feishu: *$/m, 'feishu:\n  rate_limit_enabled: false')
    .replace(/^feishu: *\{/m, 'feishu: { rate_limit_enabled: false,');
}
