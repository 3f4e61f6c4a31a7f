import { SourceEvent } from './Derived';

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function compareSequences(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

/**
 * Events as they happened, each once: what is derived from them cannot depend on the
 * order in which they came, nor on how often. Events of the same moment stand in
 * the order of their source and id, which says nothing but is always the same.
 *
 * @internal
 */
export function inCanonicalOrder(events: SourceEvent[]): SourceEvent[] {
  const sorted = [...events].sort(
    (a, b) =>
      a.occurredAt - b.occurredAt ||
      compareText(a.source, b.source) ||
      compareText(a.id, b.id) ||
      compareText(a.authority ?? '', b.authority ?? '') ||
      compareSequences(a.sequence, b.sequence),
  );
  return sorted.filter((event, index) => {
    const before = sorted[index - 1];
    return (
      event.source !== before?.source ||
      event.id !== before.id ||
      (event.authority ?? '') !== (before.authority ?? '')
    );
  });
}
