import { RiArrowRightLine } from '@remixicon/react';
import { useEffect, useRef, type MouseEvent } from 'react';
import { FoundIcon } from '../results/FoundIcon';
import { FoundPreview } from '../results/FoundPreview';
import type { Found, FoundGroup } from '../results/Found';
import { Marked } from '../results/Marked';
import styles from './Palette.module.css';

/** The id of an option in the document. */
export const optionId = ({ key }: Found) =>
  `quick-search-${key.replace(/[^\w-]+/g, '-')}`;

type OnChoose = (found: Found, event: MouseEvent, isMiddle?: boolean) => void;

/** What was found, in groups, as a listbox of the field above. */
export function PaletteList(props: {
  id: string;
  groups: Array<{ group: FoundGroup; title: string; items: Found[] }>;
  all?: Found;
  active?: Found;
  onActivate: (found: Found) => void;
  onChoose: OnChoose;
}) {
  const { id, groups, all, active, onActivate, onChoose } = props;
  const common = (found: Found) => ({
    found,
    isActive: found === active,
    onActivate,
    onChoose,
  });
  return (
    <div id={id} role="listbox" aria-label="Results" className={styles.list}>
      {groups.map(({ group, title, items }) => (
        <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
          <div
            id={`${id}-${group}`}
            role="presentation"
            className={styles.group}
          >
            {title}
          </div>
          {items.map(found => (
            <Option key={found.key} {...common(found)} />
          ))}
        </div>
      ))}
      {all && <Option {...common(all)} />}
    </div>
  );
}

function Option(props: {
  found: Found;
  isActive: boolean;
  onActivate: (found: Found) => void;
  onChoose: OnChoose;
}) {
  const { found, isActive, onActivate, onChoose } = props;
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (isActive) {
      ref.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isActive]);

  return (
    // The keys are those of the field, which has the focus
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={ref}
      id={optionId(found)}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      onPointerMove={() => !isActive && onActivate(found)}
      onMouseDown={event => event.preventDefault()}
      onClick={event => onChoose(found, event)}
      onAuxClick={event => event.button === 1 && onChoose(found, event, true)}
    >
      {found.sort === 'all' ? (
        <RiArrowRightLine size={18} aria-hidden="true" />
      ) : (
        <FoundIcon sort={found.sort} />
      )}
      <span className={styles.what}>
        <span className={styles.title} data-deprecated={found.isDeprecated}>
          <Marked text={found.title} />
        </span>
        <FoundPreview found={found} />
      </span>
    </div>
  );
}
