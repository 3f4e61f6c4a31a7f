import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { LoadingLines, ProblemNotice } from '@waymark/ui';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Reader } from '../personal/Reader';
import { usePersonal } from '../personal/usePersonal';
import { add, arrange, parseChanges, type Changes } from './arrangement';
import { ArrangeMode } from './ArrangeMode';
import { HomeHeader } from './HomeHeader';
import { SlotGrid } from './SlotGrid';
import { toSlots, type Slot } from './toSlots';
import { useLayout } from './useLayout';

/** `/?arrange` opens the page for changes. */
const ARRANGE = 'arrange';

/** A person's page: what their groups start with, as they have changed it. */
export function HomePage(props: {
  reader: Reader;
  widgets: HomePageLayoutProps['widgets'];
}) {
  const { reader, widgets } = props;
  const [search, setSearch] = useSearchParams();
  const layout = useLayout(reader);
  const { value: changes, save } = usePersonal<Changes>({
    key: 'arrangement',
    userEntityRef: reader.userEntityRef,
    parse: parseChanges,
  });
  const [failed, setFailed] = useState<{ error: unknown; changes: Changes }>();

  const slots = useMemo(() => toSlots(widgets), [widgets]);
  const arrangement = useMemo(
    () =>
      layout &&
      changes &&
      arrange({ available: [...slots.keys()], layout, changes }),
    [slots, layout, changes],
  );
  const change = useCallback(
    (next: Changes) =>
      save(next).then(
        () => setFailed(undefined),
        error => setFailed({ error, changes: next }),
      ),
    [save],
  );
  const close = useCallback(
    (name: string) =>
      changes &&
      change({ ...changes, closed: { ...changes.closed, [name]: true } }),
    [change, changes],
  );

  if (!arrangement || !changes) {
    return <LoadingLines label="Loading your page" lines={6} />;
  }
  const pick = (names: string[]) =>
    names.map(name => slots.get(name)).filter((slot): slot is Slot => !!slot);
  const isArranging = search.has(ARRANGE);

  return (
    <>
      <HomeHeader
        displayName={reader.displayName}
        closed={pick(arrangement.hidden.filter(name => changes.closed[name]))}
        isArranging={isArranging}
        onArrange={() => setSearch({ [ARRANGE]: '' })}
        onDone={() => setSearch({})}
        onReopen={name => change(add({ arrangement, changes, name }))}
      />
      {failed && (
        <ProblemNotice
          title="Your page could not be stored; the change is lost when you leave it"
          error={failed.error}
          onRetry={() => change(failed.changes)}
        />
      )}
      {isArranging ? (
        <ArrangeMode
          arrangement={arrangement}
          slots={slots}
          changes={changes}
          onChange={change}
          onDone={() => setSearch({})}
        />
      ) : (
        <SlotGrid
          slots={pick(arrangement.shown)}
          changes={changes}
          onClose={close}
        />
      )}
    </>
  );
}
