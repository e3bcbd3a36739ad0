import { autocompletion, completionKeymap, startCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, foldGutter, foldKeymap } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef, type ReactNode } from 'react';
import { look } from './look.ts';
import { CHINESE } from './phrases.ts';
import type { Schema } from './schema-choices.ts';
import { schemaSource } from './schema-source.ts';

/** A mistake, at its line where that is known. */
export interface EditorMistake {
  readonly line: number | undefined;
  readonly message: string;
}

interface EditorProps {
  /** What is in it at first. */
  readonly text: string;
  readonly label: string;
  readonly language: 'zh' | 'en';
  readonly schema: Schema | undefined;
  readonly mistakes: readonly EditorMistake[];
  readonly change: (text: string) => void;
  /** What Ctrl+Enter does, with what is in it just then. */
  readonly run: (text: string) => void;
}

/**
 * An editor for a YAML document with its schema. It lives in an open shadow root: there its styles are adopted sheets, which the
 * policy of the page allows without `unsafe-inline` or a nonce; in the page itself they would be `<style>` elements.
 */
export function CodeEditor(props: EditorProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const { label, language, schema, mistakes } = props;
  const completes = useRef(new Compartment());
  useEffect(() => {
    const host = place.current;
    if (host === null) return undefined;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          lineNumbers(),
          lintGutter(),
          foldGutter(),
          codeFolding(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          bracketMatching(),
          search({ top: true }),
          yaml(),
          completes.current.of([]),
          look,
          EditorState.phrases.of(language === 'zh' ? CHINESE : {}),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
          keymap.of([
            {
              key: 'Mod-Enter',
              run: ({ state }) => {
                latest.current.run(state.doc.toString());
                return true;
              },
            },
            // Ctrl+Space is what turns Chinese input on and off on many machines.
            { key: 'Alt-/', run: startCompletion },
            ...completionKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...foldKeymap,
            ...lintKeymap,
            // Tab is not among them, so that the keyboard leaves the editor.
            ...defaultKeymap,
          ]),
          EditorView.domEventHandlers({ beforeinput: replaceSelection }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.change(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [label, language]);
  useEffect(() => {
    const source = schema === undefined ? [] : [autocompletion({ override: [schemaSource(schema)], icons: false })];
    view.current?.dispatch({ effects: completes.current.reconfigure(source) });
  }, [schema, label, language]);
  useEffect(() => {
    const editor = view.current;
    editor?.dispatch(setDiagnostics(editor.state, diagnosticsOf(mistakes, editor.state.doc)));
  }, [mistakes, label, language]);
  return <div ref={place} />;
}

/**
 * Writes over what is selected. Left to the browser, the new text gets the look of the old one as an inline style, which the policy
 * of the page stops and complains of.
 */
function replaceSelection(event: InputEvent, view: EditorView): boolean {
  const { data, inputType } = event;
  if (inputType !== 'insertText' || data === null || view.composing || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
  return true;
}

function diagnosticsOf(mistakes: readonly EditorMistake[], document: Text): readonly Diagnostic[] {
  return mistakes.flatMap(({ line: number, message }) => {
    if (number === undefined || number < 1 || number > document.lines) return [];
    const line = document.line(number);
    const indent = /^[\s-]*/.exec(line.text)?.[0].length ?? 0;
    return [{ from: Math.min(line.from + indent, line.to), to: line.to, severity: 'error' as const, message }];
  });
}
