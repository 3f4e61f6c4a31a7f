import MarkdownIt from 'markdown-it';

const MARK = /^\[([ xX])\][ \t]+/;

/**
 * List items that start with `[ ]` or `[x]`.
 *
 * @internal
 */
export function taskLists(markdown: MarkdownIt): void {
  markdown.core.ruler.before('inline', 'task_list', ({ tokens }) => {
    for (const [at, token] of tokens.entries()) {
      const mark =
        token.type === 'inline' &&
        tokens[at - 1]?.type === 'paragraph_open' &&
        tokens[at - 2]?.type === 'list_item_open'
          ? token.content.match(MARK)
          : null;
      if (mark) {
        tokens[at - 2].attrJoin('class', 'task-list-item');
        tokens[at - 1].meta = { task: mark[1] === ' ' ? 'open' : 'done' };
        token.content = token.content.slice(mark[0].length);
      }
    }
  });

  // The picture of a box, for nothing can be ticked here
  markdown.core.ruler.after('inline', 'task_list_box', state => {
    for (const [at, { meta }] of state.tokens.entries()) {
      const task: unknown = meta?.task;
      if (task === 'open' || task === 'done') {
        const box = new state.Token('task_box', 'span', 0);
        box.content = task;
        state.tokens[at + 1].children?.unshift(box);
      }
    }
  });

  markdown.renderer.rules.task_box = (tokens, at) =>
    tokens[at].content === 'done'
      ? '<span class="task-box task-box--done" role="img" aria-label="Done"></span>'
      : '<span class="task-box" role="img" aria-label="Not done"></span>';
}
