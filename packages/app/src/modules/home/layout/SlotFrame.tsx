import type { RendererProps } from '@backstage/plugin-home-react';
import { Card, CardBody, Flex, Text } from '@backstage/ui';
import { LoadingLines } from '@waymark/ui';
import { cloneElement, Suspense, useId, useMemo, type ReactNode } from 'react';
import { HomeSlotContext, type HomeSlot } from './HomeSlotContext';
import type { Slot } from './toSlots';
import styles from './HomeLayout.module.css';

/** What the widget itself draws, within the frame that is there already. */
function WidgetBody(props: RendererProps) {
  const {
    Content,
    Actions,
    Settings: _settings,
    ContextProvider,
    title: _title,
    ...contentProps
  } = props;
  const body = (
    <>
      <Content {...contentProps} />
      {Actions && <Actions />}
    </>
  );
  return ContextProvider ? (
    <ContextProvider {...contentProps}>{body}</ContextProvider>
  ) : (
    body
  );
}

/**
 * Keeps the rest of the page where it is while a widget is fetched. Each has a
 * place for that itself, but what it shows there is fetched, too.
 */
function Place(props: { value: HomeSlot; title: string; children: ReactNode }) {
  const { value, title, children } = props;
  return (
    <HomeSlotContext.Provider value={value}>
      <Suspense fallback={<LoadingLines label={`Loading “${title}”`} />}>
        {children}
      </Suspense>
    </HomeSlotContext.Provider>
  );
}

/**
 * The frame of a widget, with its title: on the page before the widget is, so
 * that nothing moves when it arrives.
 */
export function SlotFrame(props: {
  slot: Slot;
  isFullWidth: boolean;
  isReopened: boolean;
  isArranged: boolean;
  onClose: (name: string) => void;
}) {
  const { slot, isFullWidth, isReopened, isArranged, onClose } = props;
  const { name, title, element, isBare } = slot;
  const headingId = useId();
  const place = useMemo<HomeSlot>(
    () => ({ isReopened, isArranged, close: () => onClose(name) }),
    [isReopened, isArranged, onClose, name],
  );
  const className = isFullWidth ? styles.full : styles.half;

  if (isBare) {
    return (
      <section className={className} aria-label={title}>
        <Place value={place} title={title}>
          {element}
        </Place>
      </section>
    );
  }
  return (
    <Card className={className} aria-labelledby={headingId}>
      <CardBody>
        <Flex direction="column" gap="3">
          <Text
            as="h2"
            variant="title-x-small"
            weight="bold"
            id={headingId}
            className={styles.heading}
          >
            {title}
          </Text>
          <div className={styles.body}>
            <Place value={place} title={title}>
              {cloneElement(element, { Renderer: WidgetBody })}
            </Place>
          </div>
        </Flex>
      </CardBody>
    </Card>
  );
}
