import { createContext, useContext } from 'react';

/** What a widget may do with its own place on the page. */
export interface HomeSlot {
  /** Takes the widget off the page, since it has done its work. */
  close: () => void;
  /** Whether the reader has asked for it again after it was closed. */
  isReopened: boolean;
  /** Whether the reader has arranged the page. */
  isArranged: boolean;
}

export const HomeSlotContext = createContext<HomeSlot>({
  close: () => {},
  isReopened: false,
  isArranged: false,
});

/** The place that the widget has on the page; without one, nothing happens. */
export const useHomeSlot = (): HomeSlot => useContext(HomeSlotContext);
