import { createHash } from 'node:crypto';

/**
 * The one style sheet of the forge's pages. Colours are set for a light and a
 * dark surface; every text on them has a contrast of 4.5 or more.
 *
 * @internal
 */
export const styles = `
:root {
  color-scheme: light dark;
  --surface: #ffffff; --raised: #f6f7f7; --line: #d5d9d9; --text: #171717;
  --quiet: #565d5d; --link: #0b6259; --accent: #0b6259; --on-accent: #ffffff;
  --added: #d8f5e0; --removed: #ffe3e1; --note: #fff5d6; --bad: #a3231a;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #151717; --raised: #1f2222; --line: #3b4040; --text: #eceeee;
    --quiet: #a9b1b1; --link: #9bf0e1; --accent: #9bf0e1; --on-accent: #10211e;
    --added: #12391f; --removed: #4a1c19; --note: #3d3413; --bad: #ff9c94;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--surface); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, .row > *, .crumbs li, td.name, .small { overflow-wrap: anywhere; min-width: 0; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; background: var(--surface); padding: .5rem 1rem; z-index: 1; }
.skip:focus { left: .5rem; top: .5rem; }
.wrap { max-width: 70rem; margin: 0 auto; padding-left: 1rem; padding-right: 1rem; }
.top { border-bottom: 1px solid var(--line); background: var(--raised); }
.top .wrap { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-top: .75rem; padding-bottom: .75rem; }
.home { font-weight: 600; }
.crumbs ol { list-style: none; display: flex; flex-wrap: wrap; margin: 0; padding: 0; }
.crumbs li + li::before { content: '/'; color: var(--quiet); margin: 0 .5rem; }
.crumbs [aria-current] { color: var(--text); text-decoration: none; }
main { padding-top: 1.5rem; padding-bottom: 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: 0 0 1rem; }
.quiet, time { color: var(--quiet); }
.small { font-size: .875rem; }
code, pre, .mono { font-family: var(--mono); font-size: .875em; }
pre code { font-size: 1em; }
.tabs { border-bottom: 1px solid var(--line); margin: 1rem 0 1.25rem; }
.tabs ul { list-style: none; display: flex; gap: .25rem; margin: 0; padding: 0; flex-wrap: wrap; }
.tabs a { display: block; padding: .5rem .9rem; text-decoration: none; color: var(--text); border-bottom: 3px solid transparent; }
.tabs a:hover { border-bottom-color: var(--line); }
.tabs a[aria-current] { border-bottom-color: var(--accent); font-weight: 600; }
.bar { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; margin-bottom: 1rem; }
.bar > .grow { flex: 1 1 20rem; min-width: 0; }
.copy { display: block; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .45rem .75rem; overflow-x: auto; white-space: pre; user-select: all; margin: 0; }
details.menu { position: relative; }
details.menu > summary { cursor: pointer; border: 1px solid var(--line); border-radius: 6px; padding: .4rem .75rem; background: var(--raised); }
details.menu > ul { list-style: none; margin: .25rem 0 0; padding: .25rem; border: 1px solid var(--line); border-radius: 6px; background: var(--surface); max-height: 20rem; overflow-y: auto; position: absolute; z-index: 1; min-width: 14rem; max-width: calc(100vw - 2rem); box-shadow: 0 4px 16px rgb(0 0 0 / .2); }
details.menu li a { display: block; padding: .35rem .6rem; text-decoration: none; border-radius: 4px; }
details.menu li a:hover { background: var(--raised); }
details.menu li a[aria-current] { font-weight: 600; }
.box { border: 1px solid var(--line); border-radius: 8px; margin-bottom: 1.5rem; }
.box > .head { background: var(--raised); border-bottom: 1px solid var(--line); border-radius: 8px 8px 0 0; padding: .6rem 1rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
.box > .head > .row { flex: 1; }
.box > .body { padding: 1rem; margin: 0; }
.box > .body > :last-child { margin-bottom: 0; }
.box > .head h2 { margin: 0; font-size: 1rem; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; font-size: .875rem; color: var(--quiet); }
th, td { padding: .45rem 1rem; border-top: 1px solid var(--line); vertical-align: top; }
.box > table tbody tr:first-child > * { border-top: 0; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.name { font-weight: 500; }
.list { list-style: none; margin: 0 0 1.5rem; padding: 0; border: 1px solid var(--line); border-radius: 8px; }
.list > li { padding: .8rem 1rem; border-top: 1px solid var(--line); }
.list > li:first-child { border-top: 0; }
.list p { margin: .1rem 0 0; }
.list .title { font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: .1rem 1rem; justify-content: space-between; align-items: baseline; }
.code { margin: 0; overflow-x: auto; padding: .5rem 0; line-height: 1.45; tab-size: 4; border-radius: 0 0 8px 8px; counter-reset: line; overflow-wrap: normal; }
.code .l { display: block; padding: 0 1rem 0 0; min-width: max-content; min-height: 1.45em; white-space: pre; }
.numbered .l::before { counter-increment: line; content: counter(line); display: inline-block; width: 4.5em; padding-right: 1.25em; margin-right: .5em; text-align: right; color: var(--quiet); user-select: none; }
.numbered .l:target { background: var(--note); }
.diff .l { padding-left: 1rem; }
.diff .added { background: var(--added); }
.diff .removed { background: var(--removed); }
.diff .place { color: var(--quiet); background: var(--raised); padding-top: .3rem; padding-bottom: .3rem; }
.diff .note { color: var(--quiet); }
.plus, .minus { white-space: nowrap; font-family: var(--mono); font-size: .875rem; }
.notice { border: 1px solid var(--line); border-left: 6px solid var(--accent); border-radius: 6px; padding: .9rem 1rem; margin: 0 0 1.5rem; background: var(--raised); }
.notice.bad { border-left-color: var(--bad); }
.notice > :last-child { margin-bottom: 0; }
.notice h2 { margin: 0 0 .4rem; font-size: 1.05rem; }
button { font: inherit; font-weight: 600; background: var(--accent); color: var(--on-accent); border: 0; border-radius: 6px; padding: .55rem 1.2rem; cursor: pointer; }
button:hover { filter: brightness(1.1); }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 0; }
.message { white-space: pre-wrap; font-family: var(--mono); font-size: .875rem; margin: 0; }
.pages { display: flex; justify-content: space-between; gap: 1rem; }
.picture { display: block; max-width: 100%; margin: 0 auto; background: repeating-conic-gradient(#8883 0 25%, transparent 0 50%) 0 0 / 16px 16px; }
.markdown > :first-child { margin-top: 0; }
.markdown > :last-child { margin-bottom: 0; }
.markdown h3 { font-size: 1.5rem; line-height: 1.25; margin: 1.5rem 0 .75rem; }
.markdown h4 { font-size: 1.2rem; margin: 1.5rem 0 .5rem; }
.markdown h5, .markdown h6 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
.markdown img { max-width: 100%; }
.markdown pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; overflow-wrap: normal; }
.markdown :not(pre) > code { background: var(--raised); border: 1px solid var(--line); border-radius: 4px; padding: .05em .3em; }
.markdown table { display: block; overflow-x: auto; width: fit-content; max-width: 100%; margin-bottom: 1rem; }
.markdown th, .markdown td { border: 1px solid var(--line); padding: .35rem .75rem; }
.markdown blockquote { margin: 0 0 1rem; padding-left: 1rem; border-left: 4px solid var(--line); color: var(--quiet); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 40rem) {
  th, td { padding-left: .75rem; padding-right: .75rem; }
  .numbered .l::before { width: 3.5em; padding-right: .75em; }
}
@media (forced-colors: active) { .tabs a[aria-current] { border-bottom-color: Highlight; } }
`.trimStart();

/**
 * Name of the style sheet's file. It changes with the content, so that browsers
 * may keep it for ever.
 *
 * @internal
 */
export const stylesFile = `forge-${createHash('sha256')
  .update(styles)
  .digest('hex')
  .slice(0, 12)}.css`;
