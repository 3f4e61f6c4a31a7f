/**
 * Styles of what is around the text. The reader of TechDocs places the lists at
 * the sides and the footer; the widths here are its own.
 *
 * @internal
 */
export const FRAME_STYLES = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: none; text-size-adjust: none; }
body { --md-typeset-font-size: 1rem; --quiet: color-mix(in srgb, var(--md-default-fg-color) 78%, var(--md-default-bg-color)); color: var(--md-typeset-color); margin: 0; overflow-wrap: break-word; }
a { color: var(--md-typeset-a-color); text-decoration: none; }
:focus-visible { outline: 2px solid var(--md-typeset-a-color); outline-offset: 2px; }

.md-toggle { display: none; }
.md-header__button { cursor: pointer; }
.md-ellipsis { display: block; overflow: hidden; text-overflow: ellipsis; }
.md-main__inner { display: flex; }
.md-content { flex-grow: 1; min-width: 0; }
.md-content__inner { margin: 0 auto; max-width: 52rem; padding: 0 1.5rem 2rem; }
.md-content__inner > :nth-child(1 of :not(.md-content__button)) { margin-top: 0; }
.md-content__button { display: none; }
.md-sidebar { overflow: hidden; padding: 0 0 1.5rem; }
.md-sidebar__scrollwrap { overflow-x: hidden; overflow-y: auto; scrollbar-width: thin; }
.md-sidebar__inner { padding: 0 .75rem 0 .25rem; }

.md-nav { line-height: 1.4; }
.md-nav__title { display: block; font-weight: 700; padding: .25rem .5rem .5rem; }
.md-nav__list { list-style: none; margin: 0; padding: 0; }
.md-nav__item .md-nav__list { border-left: 1px solid var(--md-default-fg-color--lightest); margin-left: .75rem; padding-left: .25rem; }
.md-nav__link { border-radius: 4px; color: var(--quiet); cursor: pointer; padding: .3rem .5rem; }
.md-nav__link:hover { background-color: var(--md-accent-fg-color--transparent); color: var(--md-default-fg-color); }
.md-nav__link--active { font-weight: 600; }
.md-nav__item--level-3 { padding-left: .75rem; }
.md-nav__item--level-4 { padding-left: 1.5rem; }
.md-nav__item .md-nav { display: none; }
.md-nav__toggle:checked ~ .md-nav { display: block; }
.md-nav__icon::after { content: ''; display: block; background-color: currentColor; -webkit-mask: var(--md-nav-icon--next) center / contain no-repeat; mask: var(--md-nav-icon--next) center / contain no-repeat; }
.md-nav__toggle:checked ~ .md-nav__link .md-nav__icon { transform: rotate(90deg); }

.md-footer__inner { display: flex; justify-content: space-between; }
.md-footer__link { display: block; padding: .25rem .75rem; }
.md-footer__link--next { margin-left: auto; text-align: right; }
.md-footer__link .md-ellipsis { white-space: nowrap; }
.md-footer__direction { color: var(--quiet); display: block; font-size: .75rem; }

@media screen and (max-width: 76.1875em) {
  .md-toggle[data-md-toggle=drawer] { clip-path: inset(50%); display: block; height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
  .md-toggle[data-md-toggle=drawer]:focus-visible ~ .md-container #toggle-sidebar { outline: 2px solid var(--md-typeset-a-color); }
  .md-content__button { cursor: pointer; display: block; float: right; }
  .md-content__button svg { display: block; fill: currentColor; height: 1.75rem; width: 1.75rem; }
  .md-content__inner { padding: 0 0 1rem; }
  .md-overlay { background-color: rgba(0, 0, 0, .54); display: none; height: 100%; position: fixed; top: 0; width: 100%; z-index: 190; }
  [data-md-toggle=drawer]:checked ~ .md-overlay { display: block; }
  .md-sidebar--primary { background-color: var(--md-default-bg-color); height: 100%; padding: 0; top: 0; visibility: hidden; }
  [data-md-toggle=drawer]:checked ~ .md-container .md-sidebar--primary { box-shadow: var(--md-shadow-z3); visibility: visible; }
  .md-nav__item--active > .md-nav--secondary { display: block; }
  .md-nav--primary .md-nav--secondary .md-nav__title { display: none; }
  .md-nav--primary .md-nav__title { padding-left: .5rem; padding-right: .5rem; }
}
`;
