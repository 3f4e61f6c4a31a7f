import MarkdownIt, { StateBlock } from 'markdown-it';

// !!! note "Title", or ??? note for one that is folded in and ???+ for one that
// can be folded in
const OPENING =
  /^(!!!|\?\?\?\+?)[ \t]+([a-z][a-z0-9_-]*)[a-z0-9_ \t-]*(?:"([^"]*)")?[ \t]*$/i;

const INDENT = 4;

/** A longer line is none; what is looked for in it takes longer than its length. */
const MAX_OPENING = 300;

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice(
    state.bMarks[line] + state.tShift[line],
    state.eMarks[line],
  );
}

/** The line after the last indented one; blank lines count when more follow. */
function endOfContent(state: StateBlock, start: number, end: number): number {
  let last = start;
  for (let line = start + 1; line < end; line += 1) {
    if (state.isEmpty(line)) {
      continue;
    }
    if (state.sCount[line] < state.blkIndent + INDENT) {
      break;
    }
    last = line;
  }
  return last + 1;
}

/**
 * Notes as MkDocs has them: a line `!!! note "Title"` and an indented text.
 *
 * @internal
 */
export function admonitions(markdown: MarkdownIt): void {
  markdown.block.ruler.before(
    'fence',
    'admonition',
    (state, start, end, silent) => {
      if (state.sCount[start] - state.blkIndent >= INDENT) {
        return false;
      }
      const line = lineOf(state, start);
      const match = line.length <= MAX_OPENING ? line.match(OPENING) : null;
      if (!match) {
        return false;
      }
      if (silent) {
        return true;
      }
      const [, marker, name, given] = match;
      const type = name.toLowerCase();
      const title = given ?? type.charAt(0).toUpperCase() + type.slice(1);
      const folds = marker.startsWith('?');

      const open = state.push('admonition_open', folds ? 'details' : 'div', 1);
      open.block = true;
      open.attrSet('class', `admonition ${type}`);
      if (marker === '???+') {
        open.attrSet('open', 'open');
      }
      if (title !== '' || folds) {
        const tag = folds ? 'summary' : 'p';
        const titleOpen = state.push('admonition_title_open', tag, 1);
        titleOpen.attrSet('class', 'admonition-title');
        const inline = state.push('inline', '', 0);
        inline.content = title;
        inline.children = [];
        inline.map = [start, start + 1];
        state.push('admonition_title_close', tag, -1);
      }

      const next = endOfContent(state, start, end);
      open.map = [start, next];
      const { blkIndent, lineMax, parentType } = state;
      state.blkIndent += INDENT;
      state.lineMax = next;
      state.parentType = 'blockquote';
      state.md.block.tokenize(state, start + 1, next);
      state.blkIndent = blkIndent;
      state.lineMax = lineMax;
      state.parentType = parentType;
      state.line = next;
      state.push('admonition_close', folds ? 'details' : 'div', -1);
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
}
