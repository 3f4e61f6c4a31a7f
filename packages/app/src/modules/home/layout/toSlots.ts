import type {
  HomePageLayoutProps,
  HomePageWidgetData,
} from '@backstage/plugin-home-react/alpha';

/** A widget, with what the page has to know of it. */
export interface Slot {
  /** `<plugin>/<widget>`, as in `app.extensions` behind `home-page-widget:`. */
  name: string;
  title: string;
  description?: string;
  /** Whether it takes the whole width of the page. */
  isWide: boolean;
  element: HomePageWidgetData['component'];
  /** Whether it draws its own frame. */
  isBare: boolean;
}

/** Of the twelve columns of the grid in which widgets say how wide they are. */
const HALF = 6;

/** Reads what plugins say of their widgets. */
export function toSlots(
  widgets: HomePageLayoutProps['widgets'],
): Map<string, Slot> {
  const slots = widgets.map(widget => {
    const name = widget.node.spec.id.replace(/^home-page-widget:/, '');
    return {
      name,
      title: widget.title ?? widget.name ?? name,
      description: widget.description,
      isWide: (widget.layout?.width?.defaultColumns ?? HALF) > HALF,
      element: widget.component,
      isBare: Boolean(widget.component.props.Renderer),
    };
  });
  return new Map(slots.map(slot => [slot.name, slot]));
}

/**
 * Which slots take the whole width: wide ones, and a narrow one that nobody
 * stands beside, so that the page has no holes.
 */
export function findFullWidth(slots: Slot[]): Set<string> {
  const full = new Set<string>();
  let alone: Slot | undefined;
  for (const slot of slots) {
    if (!slot.isWide) {
      alone = alone ? undefined : slot;
    } else {
      full.add(slot.name);
      if (alone) {
        full.add(alone.name);
      }
      alone = undefined;
    }
  }
  if (alone) {
    full.add(alone.name);
  }
  return full;
}
