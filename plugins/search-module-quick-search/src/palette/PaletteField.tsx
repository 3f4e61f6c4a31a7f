import { RiCloseLine, RiSearchLine } from '@remixicon/react';
import type { KeyboardEvent } from 'react';
import styles from './Palette.module.css';

/** The field, which keeps the focus while the arrow keys go through the list. */
export function PaletteField(props: {
  value: string;
  onChange: (value: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onClose: () => void;
  /** Of the list, while there is one. */
  listId?: string;
  activeId?: string;
}) {
  const { value, onChange, onKeyDown, onClose, listId, activeId } = props;
  return (
    <div className={styles.field}>
      <RiSearchLine size={20} aria-hidden="true" />
      <input
        // The dialog is opened to type here
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className={styles.input}
        type="text"
        role="combobox"
        aria-label="Search"
        aria-autocomplete="list"
        aria-expanded={listId !== undefined}
        aria-controls={listId}
        aria-activedescendant={activeId}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={100}
        placeholder="Services, people, golden paths, docs, pages"
        value={value}
        onChange={event => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        className={styles.close}
        aria-label="Close search"
        onClick={onClose}
      >
        <RiCloseLine size={20} aria-hidden="true" />
      </button>
    </div>
  );
}
