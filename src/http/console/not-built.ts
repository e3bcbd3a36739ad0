/** The page in the place of a console that was not built; it needs no script and no style. */
export const NOT_BUILT_PAGE = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>名册 Mingce</title></head>
<body>
<h1>名册 Mingce</h1>
<p>控制台尚未构建。在代码目录运行 <code>npm ci</code> 与 <code>npm run console:build</code>，再重新载入本页；<code>npm start</code> 会自动构建。</p>
<p lang="en">The console is not built. Run <code>npm ci</code> and <code>npm run console:build</code> in the checkout, then reload this page; <code>npm start</code> builds it by itself.</p>
<p lang="en">The admin API works without it: <code>/mingce/v1</code>.</p>
</body>
</html>
`;
