import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { indentUnit, StreamLanguage } from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Mark } from '../mistakes/locateIssue';
import { yamlLook } from './yamlLook';

/** A place that the reader wants to see; each wish is a new object. */
export interface Jump {
  from: number;
}

/**
 * An editor for YAML. The Tab key leaves it, as it leaves any other field.
 */
export function YamlEditor(props: {
  label: string;
  /** The id of what explains the keys. */
  describedBy: string;
  text: string;
  onChange: (text: string) => void;
  /** On Ctrl+Enter, or Command+Enter. */
  onSubmit: () => void;
  marks: Mark[];
  jump?: Jump;
}) {
  const { label, describedBy, text, marks, jump } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>();
  // The editor is made once, and calls what is current
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!place.current) {
      return undefined;
    }
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          lineNumbers(),
          lintGutter(),
          placeholder('Paste the YAML of a scorecard here, or open one above'),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          EditorView.lineWrapping,
          StreamLanguage.define(yaml),
          indentUnit.of('  '),
          yamlLook,
          Prec.highest(
            keymap.of([
              {
                key: 'Mod-Enter',
                run: () => {
                  latest.current.onSubmit();
                  return true;
                },
              },
            ]),
          ),
          keymap.of([...lintKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-describedby': describedBy,
            // What can be edited can be focused; this says so to checkers, too
            tabindex: '0',
          }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) {
              latest.current.onChange(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = undefined;
      editor.destroy();
    };
  }, [label, describedBy]);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== text) {
      editor.dispatch({
        changes: { from: 0, to: editor.state.doc.length, insert: text },
      });
    }
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor) {
      const end = editor.state.doc.length;
      editor.dispatch(
        setDiagnostics(
          editor.state,
          marks.map(({ from, to, message }) => ({
            from: Math.min(from, end),
            to: Math.min(to, end),
            severity: 'error' as const,
            message,
          })),
        ),
      );
    }
  }, [marks]);

  useEffect(() => {
    const editor = view.current;
    if (editor && jump) {
      const anchor = Math.min(jump.from, editor.state.doc.length);
      editor.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      });
      editor.focus();
    }
  }, [jump]);

  return <div ref={place} />;
}
