/** Makes text safe inside HTML. */
export const escapeHtml = text =>
  String(text).replace(
    /[&<>"']/g,
    character => `&#${character.charCodeAt(0)};`,
  );

const STYLE = `
body{font:16px/1.5 system-ui,sans-serif;color:#1f2328;background:#f6f8fa;margin:0}
header{background:#24292f;color:#fff;padding:12px 24px}
main{max-width:720px;margin:32px auto;padding:24px;background:#fff;border:1px solid #d1d9e0;border-radius:8px}
h1{font-size:22px;margin-top:0}
ul{padding:0;list-style:none}
li{margin:8px 0}
button{font:inherit;padding:8px 16px;border:1px solid #59636e;border-radius:6px;background:#f6f8fa;cursor:pointer;text-align:left}
li button{width:100%}
small{color:#59636e}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
a{color:#0969da}
`;

/** A page of the stand-in; `body` is HTML. */
export function layout(title, body) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>GitHub stand-in</header>
<main>
${body}
</main>
</body>
</html>
`;
}
