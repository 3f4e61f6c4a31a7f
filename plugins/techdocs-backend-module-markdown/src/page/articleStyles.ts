/**
 * Styles of the text itself. Colours of code are mixed with that of the text: not
 * all of the theme's are readable as text.
 *
 * @internal
 */
export const ARTICLE_STYLES = `
.md-typeset { color: var(--md-typeset-color); line-height: 1.6; }
article.md-typeset h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .6em; }
article.md-typeset h2 { font-size: 1.375rem; line-height: 1.3; margin: 1.6em 0 .6em; }
article.md-typeset h3 { font-size: 1.125rem; line-height: 1.4; margin: 1.6em 0 .5em; }
article.md-typeset :is(h4, h5, h6) { font-size: 1rem; line-height: 1.5; margin: 1.2em 0 .4em; }
.md-typeset :is(p, blockquote, dl, figure, ol, ul) { margin: 1em 0; }
.md-typeset :is(ol, ul) { padding-left: 1.8em; }
.md-typeset li { margin: .3em 0; }
.md-typeset li :is(ol, ul, p) { margin: .3em 0; }
.md-typeset dd { margin: .3em 0 1em 1.8em; }
.md-typeset a { text-decoration: underline; text-underline-offset: 2px; }
.md-typeset img { height: auto; max-width: 100%; }
.md-typeset hr { border: 0; margin: 1.5em 0; }
article.md-typeset blockquote { color: var(--quiet); padding-left: 1em; }
.md-typeset kbd { border: 1px solid var(--md-default-fg-color--lighter); border-radius: 3px; font-size: .85em; padding: .1em .4em; }
.md-typeset mark { background-color: var(--md-typeset-mark-color); color: inherit; }
.md-typeset .headerlink { color: var(--quiet); font-weight: 400; margin-left: .4em; opacity: 0; text-decoration: none; }
.md-typeset :is(h1, h2, h3, h4, h5, h6):hover .headerlink, .md-typeset .headerlink:focus { opacity: 1; }

.md-typeset :is(code, kbd, pre, samp) { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; }
.md-typeset code { background-color: var(--md-code-bg-color); border-radius: 3px; color: var(--md-code-fg-color); font-size: .87em; padding: .1em .3em; }
.md-typeset :not(pre) > code { overflow-wrap: anywhere; }
.md-typeset pre { line-height: 1.45; margin: 1em 0; position: relative; }
.md-typeset pre > code { border: 1px solid var(--md-default-fg-color--lightest); border-radius: 4px; display: block; overflow: auto; padding: .8em 3em .8em 1em; scrollbar-width: thin; white-space: pre; }
.md-typeset .md-clipboard { background-color: var(--md-code-bg-color); border: 0; border-radius: 4px; color: var(--quiet); cursor: pointer; height: 2rem; padding: .25rem; width: 2rem; }
.md-typeset .md-clipboard:hover { color: var(--md-typeset-a-color); }
.md-clipboard svg { fill: currentColor; height: 1.1rem; width: 1.1rem; }
.hljs-comment, .hljs-quote, .hljs-meta { color: var(--quiet); }
.hljs-keyword, .hljs-selector-tag, .hljs-section, .hljs-doctag, .hljs-name { color: color-mix(in srgb, var(--md-code-hl-keyword-color) 60%, var(--md-code-fg-color)); }
.hljs-string, .hljs-regexp, .hljs-addition, .hljs-symbol { color: color-mix(in srgb, var(--md-code-hl-string-color) 60%, var(--md-code-fg-color)); }
.hljs-number, .hljs-literal, .hljs-deletion { color: color-mix(in srgb, var(--md-code-hl-number-color) 60%, var(--md-code-fg-color)); }
.hljs-title, .hljs-built_in, .hljs-type { color: color-mix(in srgb, var(--md-code-hl-function-color) 60%, var(--md-code-fg-color)); }
.hljs-emphasis { font-style: italic; }
.hljs-strong { font-weight: 700; }

.md-typeset .diagram { margin: 1.2em 0; }
.md-typeset .diagram > details { color: var(--quiet); font-size: .875rem; margin-top: .25em; }
.md-typeset .footnotes { border-top: 1px solid var(--md-default-fg-color--lightest); font-size: .875rem; margin-top: 2.5em; }
.md-typeset .footnote-backref { text-decoration: none; }
.md-typeset .page-source { font-size: .875rem; margin-top: 2.5em; }

.md-typeset__scrollwrap { margin: 1em 0; overflow-x: auto; scrollbar-width: thin; }
.md-typeset table:not([class]) { background-color: var(--md-default-bg-color--light); }
.md-typeset :is(td, th) { padding: .5em .8em; text-align: left; vertical-align: top; }
.md-typeset :is(td, th) code { background-color: transparent; overflow-wrap: break-word; padding: 0; }
.md-typeset thead:not(:has(th:not(:empty))) { display: none; }

.md-typeset .task-list-item { list-style: none; position: relative; }
.task-box { background-color: var(--md-default-fg-color--light); display: inline-block; height: 1.15em; left: -1.6em; -webkit-mask: var(--md-tasklist-icon) center / contain no-repeat; mask: var(--md-tasklist-icon) center / contain no-repeat; position: absolute; top: .22em; width: 1.15em; }
.task-box--done { background-color: var(--md-code-hl-string-color); -webkit-mask-image: var(--md-tasklist-icon--checked); mask-image: var(--md-tasklist-icon--checked); }

.md-typeset .admonition { --admonition: #448aff; --icon: var(--md-admonition-icon--note); background-color: var(--md-default-bg-color--light); border: 1px solid var(--md-default-fg-color--lightest); border-left: 4px solid var(--admonition); border-radius: 4px; margin: 1.2em 0; padding: 0 1em; }
.md-typeset .admonition > .admonition-title, .md-typeset .admonition > summary { font-weight: 700; margin: 0 -1em; padding: .5em 1em; position: relative; }
.md-typeset .admonition > .admonition-title::before { background-color: var(--admonition); content: ''; left: .8em; -webkit-mask: var(--icon) center / contain no-repeat; mask: var(--icon) center / contain no-repeat; position: absolute; }
.md-typeset .admonition > :not(.admonition-title):nth-child(2) { margin-top: 0; }
.md-typeset details > summary { cursor: pointer; display: block; position: relative; }
.md-typeset details > summary::after { background-color: currentColor; content: ''; -webkit-mask: var(--md-details-icon) center / contain no-repeat; mask: var(--md-details-icon) center / contain no-repeat; position: absolute; right: .8em; }
.md-typeset details:not(.admonition) > summary::before { content: none; }
.md-typeset details:not(.admonition) > summary { padding-left: 0 !important; }
.md-typeset .admonition:is(.abstract, .summary) { --admonition: #00b0ff; --icon: var(--md-admonition-icon--abstract); }
.md-typeset .admonition:is(.info, .todo) { --admonition: #00b8d4; --icon: var(--md-admonition-icon--info); }
.md-typeset .admonition:is(.tip, .hint, .important) { --admonition: #00bfa5; --icon: var(--md-admonition-icon--tip); }
.md-typeset .admonition.success { --admonition: #00c853; --icon: var(--md-admonition-icon--success); }
.md-typeset .admonition.question { --admonition: #64dd17; --icon: var(--md-admonition-icon--question); }
.md-typeset .admonition:is(.warning, .caution, .attention) { --admonition: #ff9100; --icon: var(--md-admonition-icon--warning); }
.md-typeset .admonition.failure { --admonition: #ff5252; --icon: var(--md-admonition-icon--failure); }
.md-typeset .admonition:is(.danger, .error) { --admonition: #ff1744; --icon: var(--md-admonition-icon--danger); }
.md-typeset .admonition.bug { --admonition: #f50057; --icon: var(--md-admonition-icon--bug); }
.md-typeset .admonition.example { --admonition: #7c4dff; --icon: var(--md-admonition-icon--example); }
.md-typeset .admonition.quote { --admonition: #9e9e9e; --icon: var(--md-admonition-icon--quote); }
`;
