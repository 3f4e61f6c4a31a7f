import { useCallback, useEffect, useState } from 'react';

const KEY = 'waymark.scorecards.draft';

/** What is in the editor, and where it came from. */
export interface Draft {
  text: string;
  /** What it was opened from: the ref of a scorecard, or the name of a file. */
  origin?: string;
  /** It is not as it was opened. */
  isEdited: boolean;
}

const EMPTY: Draft = { text: '', isEdited: false };

function read(): Draft {
  try {
    const stored: Partial<Draft> = JSON.parse(
      sessionStorage.getItem(KEY) ?? '{}',
    );
    return typeof stored.text === 'string'
      ? { ...EMPTY, ...stored, text: stored.text }
      : EMPTY;
  } catch {
    return EMPTY;
  }
}

function write(draft: Draft): void {
  try {
    if (draft.text) {
      sessionStorage.setItem(KEY, JSON.stringify(draft));
    } else {
      sessionStorage.removeItem(KEY);
    }
  } catch {
    // Without room, or refused: then it does not survive a reload
  }
}

/**
 * What somebody writes: kept in this tab of the browser until it is closed, and
 * nowhere else. What is replaced can be brought back.
 */
export function useDraft(): {
  draft: Draft;
  edit: (text: string) => void;
  /** In place of what is there. */
  open: (next: { text: string; origin?: string }) => void;
  /** What was there before, if somebody had written in it. */
  replaced?: Draft;
  /** @returns what is there again */
  bringBack: () => Draft | undefined;
} {
  const [draft, setDraft] = useState(read);
  const [replaced, setReplaced] = useState<Draft>();
  useEffect(() => write(draft), [draft]);

  const edit = useCallback(
    (text: string) =>
      setDraft(before =>
        before.text === text ? before : { ...before, text, isEdited: true },
      ),
    [],
  );
  const open = useCallback(
    (next: { text: string; origin?: string }) => {
      setReplaced(draft.isEdited && draft.text ? draft : undefined);
      setDraft({ ...next, isEdited: false });
    },
    [draft],
  );
  const bringBack = useCallback(() => {
    if (replaced) {
      setDraft(replaced);
      setReplaced(undefined);
    }
    return replaced;
  }, [replaced]);
  return { draft, edit, open, replaced, bringBack };
}
