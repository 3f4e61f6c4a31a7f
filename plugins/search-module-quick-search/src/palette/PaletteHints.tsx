import { newTabLabel } from '../trigger/shortcut';
import styles from './Palette.module.css';

/** The keys, for who sees them; the field's role says the same to the others. */
export function PaletteHints() {
  const hints = [
    ['↑ ↓', 'choose'],
    ['Enter', 'open'],
    [`${newTabLabel()} Enter`, 'in a new tab'],
    ['Esc', 'close'],
  ];
  return (
    <div className={styles.hints} aria-hidden="true">
      {hints.map(([keys, effect]) => (
        <span key={keys}>
          <kbd className={styles.keys}>{keys}</kbd> {effect}
        </span>
      ))}
    </div>
  );
}
