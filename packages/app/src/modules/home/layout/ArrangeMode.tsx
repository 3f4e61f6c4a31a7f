import { Button, Flex, Text, VisuallyHidden } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { useLayoutEffect, useRef, useState } from 'react';
import styles from './ArrangeMode.module.css';
import { ArrangeRow } from './ArrangeRow';
import { add, hide, move, reset } from './arrangement';
import type { Arrangement, Changes } from './arrangement';
import type { Slot } from './toSlots';

/**
 * Which widgets are on the page, and in which order: a list with buttons, so that
 * it works the same with a mouse, a finger, the keyboard and a screen reader.
 * Every change is kept at once.
 */
export function ArrangeMode(props: {
  arrangement: Arrangement;
  slots: Map<string, Slot>;
  changes: Changes;
  onChange: (changes: Changes) => void;
  onDone: () => void;
}) {
  const { arrangement, slots, changes, onChange, onDone } = props;
  const { shown, hidden } = arrangement;
  const [said, setSaid] = useState('');
  const [before, setBefore] = useState<Changes>();
  // What has the focus once the list is in its new order: moving an element
  // takes the focus off it, and a hidden one is gone
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<string>();

  useLayoutEffect(() => {
    heading.current?.focus();
  }, []);
  useLayoutEffect(() => {
    if (focus) {
      const targets =
        list.current?.querySelectorAll<HTMLElement>('[data-focus]') ?? [];
      const target = [...targets].find(
        ({ dataset }) => dataset.focus === focus,
      );
      (target ?? heading.current)?.focus();
      setFocus(undefined);
    }
  }, [focus, arrangement]);

  const titleOf = (name: string) => slots.get(name)?.title ?? name;
  const change = (next: Changes, options: { say: string; focus?: string }) => {
    setBefore(undefined);
    setSaid(options.say);
    setFocus(options.focus);
    onChange(next);
  };

  const moveBy = (name: string, by: 1 | -1) => {
    const place = shown.indexOf(name) + by;
    // At an end there is no further: the way back has the focus then
    const isAtEnd = by < 0 ? place === 0 : place === shown.length - 1;
    const direction = by < 0 === isAtEnd ? 'down' : 'up';
    change(move({ arrangement, changes, name, by }), {
      say: `${titleOf(name)} is now number ${place + 1} of ${shown.length}`,
      focus: `${name} ${direction}`,
    });
  };
  const hideOne = (name: string) => {
    const index = shown.indexOf(name);
    const next = shown[index + 1] ?? shown[index - 1];
    change(hide({ arrangement, changes, name }), {
      say: `${titleOf(name)} is hidden`,
      focus: next ? `${next} hide` : `${name} add`,
    });
  };
  const addOne = (name: string) =>
    change(add({ arrangement, changes, name }), {
      say: `${titleOf(name)} is back, at the end of the page`,
      focus: `${name} ${shown.length > 0 ? 'up' : 'hide'}`,
    });
  const resetAll = () => {
    change(reset(changes), {
      say: 'The page is as it was before you arranged it',
      focus: 'undo',
    });
    setBefore(changes);
  };
  const isChanged = changes.order !== undefined;

  return (
    <div ref={list} className={styles.mode}>
      <Flex justify="between" align="center" gap="4" className={styles.bar}>
        <Text
          as="h2"
          variant="title-small"
          weight="bold"
          ref={heading}
          tabIndex={-1}
          className={styles.heading}
        >
          Arrange this page
        </Text>
        <Flex gap="2">
          {before ? (
            <Button
              variant="secondary"
              data-focus="undo"
              onPress={() =>
                change(before, {
                  say: 'Your own arrangement is back',
                  focus: 'reset',
                })
              }
            >
              Undo the reset
            </Button>
          ) : (
            <Button
              variant="secondary"
              data-focus="reset"
              isDisabled={!isChanged}
              onPress={resetAll}
            >
              Reset to default
            </Button>
          )}
          <Button onPress={onDone}>Done</Button>
        </Flex>
      </Flex>
      <Text as="p" color="secondary">
        The order of this list is the order of your page. Each change is kept at
        once, for you alone, in every browser that you sign in with.
      </Text>
      <ol className={styles.list} aria-label="On your page">
        {shown.map((name, index) => (
          <ArrangeRow
            key={name}
            name={name}
            title={titleOf(name)}
            description={slots.get(name)?.description}
            isFirst={index === 0}
            isLast={index === shown.length - 1}
            onMove={by => moveBy(name, by)}
            onHide={() => hideOne(name)}
          />
        ))}
      </ol>
      {hidden.length > 0 && (
        <>
          <Text as="h3" variant="title-x-small" weight="bold">
            Not on your page
          </Text>
          <ul className={styles.list} aria-label="Not on your page">
            {hidden.map(name => (
              <li key={name} className={styles.row}>
                <div className={styles.text}>
                  <Text as="div" weight="bold">
                    {titleOf(name)}
                  </Text>
                  <Text as="div" variant="body-small" color="secondary">
                    {slots.get(name)?.description}
                  </Text>
                </div>
                <Button
                  size="small"
                  variant="secondary"
                  iconStart={<RiAddLine aria-hidden="true" />}
                  data-focus={`${name} add`}
                  aria-label={`Add ${titleOf(name)}`}
                  onPress={() => addOne(name)}
                >
                  Add
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  );
}
