import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours of the theme of the app, light or dark, by its variables. */
export const yamlLook = [
  EditorView.theme({
    '&': {
      color: 'var(--bui-fg-primary)',
      backgroundColor: 'var(--bui-bg-neutral-2)',
      fontSize: 'var(--bui-font-size-3)',
      height: '26rem',
      border: '1px solid var(--bui-border-2)',
      borderRadius: 'var(--bui-radius-2)',
    },
    '&.cm-focused': {
      outline: '2px solid var(--bui-ring)',
      outlineOffset: '1px',
    },
    '.cm-scroller': { fontFamily: 'var(--bui-font-monospace)' },
    '.cm-content': { caretColor: 'var(--bui-fg-primary)' },
    '.cm-placeholder': { color: 'var(--bui-fg-secondary)' },
    '.cm-cursor': { borderLeftColor: 'var(--bui-fg-primary)' },
    '.cm-gutters': {
      color: 'var(--bui-fg-secondary)',
      backgroundColor: 'var(--bui-bg-neutral-2)',
      borderRight: '1px solid var(--bui-border-1)',
    },
    '.cm-activeLine, .cm-activeLineGutter': {
      backgroundColor:
        'color-mix(in srgb, var(--bui-fg-primary) 6%, transparent)',
    },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
      {
        backgroundColor:
          'color-mix(in srgb, var(--bui-accent-bg) 30%, transparent)',
      },
    '.cm-tooltip': {
      color: 'var(--bui-fg-primary)',
      backgroundColor: 'var(--bui-bg-neutral-1)',
      border: '1px solid var(--bui-border-2)',
      borderRadius: 'var(--bui-radius-2)',
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      // What the mode for YAML calls a key
      {
        tag: [tags.atom, tags.definition(tags.propertyName)],
        color: 'var(--bui-fg-announcement)',
      },
      { tag: tags.string, color: 'var(--bui-fg-positive)' },
      {
        tag: [tags.keyword, tags.number, tags.bool],
        color: 'var(--bui-fg-warning)',
      },
      {
        tag: [tags.comment, tags.meta],
        color: 'var(--bui-fg-secondary)',
        fontStyle: 'italic',
      },
    ]),
  ),
];
