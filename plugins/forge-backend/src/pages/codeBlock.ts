import { html, Html } from './html';

/**
 * One line of a file or a difference. White space counts inside a block of
 * code, so there is none around the values.
 *
 * @internal
 */
export function codeLine(kind: string, text: string, id?: string): Html {
  const anchor = id && html` id="${id}"`;
  return html`<span class="l ${kind}" ${anchor}>${text}</span>`;
}

/**
 * Lines that scroll sideways when they are long. The style sheet puts each on a
 * line of its own and numbers them, so that copying leaves the numbers out.
 *
 * @internal
 */
export function codeBlock(options: {
  kind: 'numbered' | 'diff';
  label: string;
  lines: readonly Html[];
}): Html {
  const { kind, label, lines } = options;
  return html`<pre
    class="code ${kind}"
    tabindex="0"
    role="region"
    aria-label="${label}"
  >
${lines}</pre
  >`;
}
