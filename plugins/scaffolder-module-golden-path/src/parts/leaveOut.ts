import type { LeftOut, Part } from './Part';

/**
 * Why a part is left out that goes along with another.
 *
 * @internal
 */
export function reasonToGoAlong(need: Part): string {
  return `Needs ${need.title}, which is left out.`;
}

/**
 * The part that takes another one along: one that it needs and that is left out.
 *
 * @internal
 */
export function missingNeed(
  part: Part,
  parts: Part[],
  leftOut: LeftOut[],
): Part | undefined {
  return parts.find(
    ({ name }) =>
      part.needs.includes(name) && leftOut.some(entry => entry.part === name),
  );
}

function findPart(parts: Part[], name: string): Part | undefined {
  return parts.find(part => part.name === name);
}

/** Whether it is only left out because another one was. */
function wentAlong(entry: LeftOut, parts: Part[]): boolean {
  return (findPart(parts, entry.part)?.needs ?? []).some(name => {
    const need = findPart(parts, name);
    return need !== undefined && entry.reason === reasonToGoAlong(need);
  });
}

/**
 * Each known part once, in the order of the parts, with all that go along with
 * another and none that went along with one that is back.
 *
 * @internal
 */
export function settle(leftOut: LeftOut[], parts: Part[]): LeftOut[] {
  let entries = parts.flatMap(
    ({ name }) => leftOut.find(entry => entry.part === name) ?? [],
  );
  for (;;) {
    const before = entries;
    const staying = before.filter(
      entry =>
        !wentAlong(entry, parts) ||
        missingNeed(findPart(parts, entry.part)!, parts, before),
    );
    entries = parts.flatMap(part => {
      const entry = staying.find(({ part: name }) => name === part.name);
      const need = missingNeed(part, parts, staying);
      return (
        entry ??
        (need ? { part: part.name, reason: reasonToGoAlong(need) } : [])
      );
    });
    const names = (list: LeftOut[]) => list.map(({ part }) => part).join();
    if (names(entries) === names(before)) {
      return entries;
    }
  }
}

/**
 * Without this part, and without those that need it.
 *
 * @internal
 */
export function leaveOut(
  entry: LeftOut,
  leftOut: LeftOut[],
  parts: Part[],
): LeftOut[] {
  return settle(
    [...leftOut.filter(({ part }) => part !== entry.part), entry],
    parts,
  );
}

/**
 * With this part again, and with all that it needs.
 *
 * @internal
 */
export function takeBack(
  name: string,
  leftOut: LeftOut[],
  parts: Part[],
): LeftOut[] {
  const back = new Set([name]);
  for (const wanted of back) {
    findPart(parts, wanted)?.needs.forEach(need => back.add(need));
  }
  return settle(
    leftOut.filter(({ part }) => !back.has(part)),
    parts,
  );
}
