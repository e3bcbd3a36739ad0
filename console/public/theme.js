// Sets theme and language before the first paint; the policy of the page allows no script inside it.
(() => {
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const root = document.documentElement;
  root.dataset.theme = kept('mingce.theme') ?? (dark ? 'dark' : 'light');
  const language = kept('mingce.language') ?? (/^en/i.test(navigator.language) ? 'en' : 'zh');
  root.lang = language === 'en' ? 'en' : 'zh-CN';
})();
