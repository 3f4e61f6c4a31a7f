import { useRouteRef } from '@backstage/frontend-plugin-api';
import searchPlugin from '@backstage/plugin-search/alpha';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useHref, useNavigate } from 'react-router-dom';
import { describeResult } from '../results/describeResult';
import { GROUP_TITLES, plain, type Found } from '../results/Found';
import { findPages, usePages } from './usePages';
import { groupFound } from './groupFound';
import { PaletteField } from './PaletteField';
import { PaletteHints } from './PaletteHints';
import { PaletteList, optionId } from './PaletteList';
import { PaletteState } from './PaletteState';
import styles from './Palette.module.css';
import { useRecent } from './useRecent';
import { useSearched } from './useSearched';

const LIST_ID = 'quick-search-results';

type Modifiers = Pick<MouseEvent | KeyboardEvent, 'ctrlKey' | 'metaKey'>;

/** Search on top of a page: one field, and what is found while typing. */
export function Palette(props: {
  /** What the field begins with: typed before it was there. */
  typed: RefObject<string>;
  onClose: () => void;
}) {
  const { typed, onClose } = props;
  const [value, setValue] = useState(() => typed.current ?? '');
  const [active, setActive] = useState(0);
  const term = value.trim();
  const { searched, isLoading, retry } = useSearched(term);
  const { pages, createPath } = usePages();
  const { recent, remember } = useRecent();
  const searchPath = useRouteRef(searchPlugin.routes.root)?.() ?? '/search';
  const open = useOpen(onClose);
  const pending = useRef<Modifiers & { term: string }>();

  const groups = useMemo(() => {
    if (!term) {
      return recent.length > 0
        ? [
            {
              group: 'recent' as const,
              title: GROUP_TITLES.recent,
              items: recent,
            },
          ]
        : [];
    }
    return groupFound({
      term,
      // What was found before stays until there is something new
      found: searched.results.map(result =>
        describeResult(result, { createPath }),
      ),
      pages: findPages(pages, term),
    });
  }, [createPath, pages, recent, searched, term]);

  const all: Found | undefined = term
    ? {
        key: 'all',
        group: 'pages',
        sort: 'all',
        title: plain(`All results for “${term}”`),
        to: `${searchPath}?query=${encodeURIComponent(term)}`,
        details: [],
        text: [],
        isDeprecated: false,
      }
    : undefined;
  const options = [
    ...groups.flatMap(({ items }) => items),
    ...(all ? [all] : []),
  ];
  const activeIndex = Math.min(active, options.length - 1);

  const choose = (found: Found, event: Modifiers, isMiddle = false) => {
    if (found !== all) {
      remember(found);
    }
    open(found.to, isMiddle || event.ctrlKey || event.metaKey);
  };

  useEffect(() => {
    const wanted = pending.current;
    if (wanted && !isLoading) {
      pending.current = undefined;
      const [first] = options;
      // Not what was meant, perhaps: to be seen first
      if (wanted.term === term && first && !searched.isSimilar) {
        choose(first, wanted);
      }
    }
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    const last = options.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: activeIndex >= last ? 0 : activeIndex + 1,
      ArrowUp: activeIndex <= 0 ? last : activeIndex - 1,
    };
    if (event.key in steps && last >= 0) {
      event.preventDefault();
      setActive(steps[event.key]);
    } else if (event.key === 'Enter' && options[activeIndex]) {
      event.preventDefault();
      if (isLoading) {
        // What is listed is of the last term: as soon as there is an answer
        const { ctrlKey, metaKey } = event;
        pending.current = { term, ctrlKey, metaKey };
      } else {
        choose(options[activeIndex], event);
      }
    }
  };

  return (
    <ModalOverlay
      className={styles.overlay}
      isOpen
      isDismissable
      onOpenChange={isOpen => !isOpen && onClose()}
    >
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog} aria-label="Search">
          <PaletteField
            value={value}
            onChange={next => {
              setValue(next);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
            onClose={onClose}
            listId={options.length > 0 ? LIST_ID : undefined}
            activeId={
              options[activeIndex] ? optionId(options[activeIndex]) : undefined
            }
          />
          <PaletteState
            term={term}
            searched={searched}
            isLoading={isLoading}
            count={options.length - (all ? 1 : 0)}
            onRetry={retry}
          />
          {options.length > 0 && (
            <PaletteList
              id={LIST_ID}
              groups={groups}
              all={all}
              active={options[activeIndex]}
              onActivate={found => setActive(options.indexOf(found))}
              onChoose={choose}
            />
          )}
          <PaletteHints />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Opens an address here or in a tab of its own, and then leaves the way free. */
function useOpen(onClose: () => void) {
  const navigate = useNavigate();
  const base = useHref('/').replace(/\/$/, '');
  return (to: string, inNewTab: boolean) => {
    const isElsewhere = /^https?:\/\//.test(to);
    if (inNewTab || isElsewhere) {
      window.open(isElsewhere ? to : `${base}${to}`, '_blank', 'noopener');
    } else {
      navigate(to);
    }
    if (!inNewTab) {
      onClose();
    }
  };
}
