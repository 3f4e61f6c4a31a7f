import { z } from 'zod/v4';
import type { Layout } from './readLayout';

const stored = z.object({
  order: z.array(z.string()).optional().catch(undefined),
  hidden: z.array(z.string()).optional().catch(undefined),
  closed: z.record(z.string(), z.boolean()).catch({}),
});

/** What the reader has changed about the page, by the names of its widgets. */
export type Changes = {
  /** All widgets that there were when the reader arranged them. */
  order?: string[];
  /** Those of them that the reader does not want to see. */
  hidden?: string[];
  /**
   * Widgets that have done their work: `true` once closed, `false` once the
   * reader has asked for them again.
   */
  closed: Record<string, boolean>;
};

/** Reads what is stored; what cannot be read counts as never changed. */
export function parseChanges(value: unknown): Changes {
  const { order, hidden, closed } = stored.catch({ closed: {} }).parse(value);
  return {
    closed,
    ...(order && { order }),
    ...(hidden && { hidden }),
  };
}

/** Names of widgets, each once. */
export interface Arrangement {
  /** In the order of the page. */
  shown: string[];
  /** Not on the page, to be added. */
  hidden: string[];
}

/**
 * Puts each new name behind the one it follows by default, so that a plugin that
 * was added later does not upset what the reader has arranged.
 */
function insertNew(order: string[], byDefault: string[]): string[] {
  const result = [...order];
  byDefault.forEach((name, index) => {
    if (!result.includes(name)) {
      const before = byDefault.slice(0, index).reverse();
      const neighbour = before.find(other => result.includes(other));
      result.splice(neighbour ? result.indexOf(neighbour) + 1 : 0, 0, name);
    }
  });
  return result;
}

/** What is on the page, and where, out of the widgets that there are. */
export function arrange(options: {
  available: string[];
  layout: Layout;
  changes: Changes;
}): Arrangement {
  const { available, layout, changes } = options;
  const isAvailable = (name: string) => available.includes(name);
  const byDefault = [...new Set([...layout.widgets, ...available])].filter(
    isAvailable,
  );
  const arranged = [...new Set(changes.order ?? [])].filter(isAvailable);
  const order = insertNew(arranged, byDefault);

  const isHidden = (name: string) => {
    if (changes.closed[name]) {
      return true;
    }
    return arranged.includes(name)
      ? Boolean(changes.hidden?.includes(name))
      : layout.hidden.includes(name);
  };
  return {
    shown: order.filter(name => !isHidden(name)),
    hidden: order.filter(isHidden),
  };
}

function toChanges(arrangement: Arrangement, changes: Changes): Changes {
  const { shown, hidden } = arrangement;
  const closed = { ...changes.closed };
  for (const name of shown.filter(shownName => closed[shownName])) {
    closed[name] = false;
  }
  return { order: [...shown, ...hidden], hidden, closed };
}

/** Moves a widget by some places, at most to the end. */
export function move(options: {
  arrangement: Arrangement;
  changes: Changes;
  name: string;
  by: number;
}): Changes {
  const { arrangement, changes, name, by } = options;
  const shown = arrangement.shown.filter(other => other !== name);
  const place = arrangement.shown.indexOf(name) + by;
  shown.splice(Math.max(0, place), 0, name);
  return toChanges({ ...arrangement, shown }, changes);
}

/** Takes a widget off the page. */
export function hide(options: {
  arrangement: Arrangement;
  changes: Changes;
  name: string;
}): Changes {
  const { arrangement, changes, name } = options;
  return toChanges(
    {
      shown: arrangement.shown.filter(other => other !== name),
      hidden: [...arrangement.hidden, name],
    },
    changes,
  );
}

/** Puts a widget at the end of the page. */
export function add(options: {
  arrangement: Arrangement;
  changes: Changes;
  name: string;
}): Changes {
  const { arrangement, changes, name } = options;
  return toChanges(
    {
      shown: [...arrangement.shown, name],
      hidden: arrangement.hidden.filter(other => other !== name),
    },
    changes,
  );
}

/** As it was before the reader arranged anything; what is closed stays closed. */
export function reset(changes: Changes): Changes {
  return { closed: changes.closed };
}
