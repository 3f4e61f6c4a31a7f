/**
 * What stands between `${{` and `}}`: where it begins, and the steps from there.
 *
 * @internal
 */
export interface Placeholder {
  root: PlaceholderRoot;
  steps: (string | number)[];
}

/** @internal */
export type PlaceholderRoot = 'entity' | 'entityRef' | 'facts';

/** A text, cut at its placeholders. */
type Part = string | Placeholder;

const PLACEHOLDER = /\$\{\{((?:[^'"}]|'[^']*'|"[^"]*")*)\}\}/g;
const NAME = /^\s*([A-Za-z_][\w-]*)/;
const STEP =
  /^(?:\.([A-Za-z_][\w-]*)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d{1,6}))\s*\])/;

/**
 * Cuts a text at its placeholders.
 *
 * @throws Error with a reason, when one of them is none
 * @internal
 */
export function readPlaceholders(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(text.slice(end, match.index), readPlaceholder(match[1]));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  if (parts.some(part => typeof part === 'string' && part.includes('${{'))) {
    throw new Error('has a ${{ without }}');
  }
  return parts.filter(part => part !== '');
}

/** Reads `entity.metadata.annotations['example.com/team'][0]`. */
export function readPath(
  text: string,
): { root: string; steps: Placeholder['steps'] } | undefined {
  const [start, root] = NAME.exec(text) ?? [''];
  const steps: Placeholder['steps'] = [];
  let rest = text.slice(start.length);
  for (let step = STEP.exec(rest); step; step = STEP.exec(rest)) {
    const [all, name, single, double, index] = step;
    steps.push(name ?? single ?? double ?? Number(index));
    rest = rest.slice(all.length);
  }
  return root !== undefined && rest.trim() === '' ? { root, steps } : undefined;
}

function readPlaceholder(text: string): Placeholder {
  const path = readPath(text);
  const shown = `\${{${text.slice(0, 100)}}}`;
  if (!path) {
    throw new Error(
      `${shown} is no path such as entity.metadata.name or entity.metadata.annotations['example.com/team']`,
    );
  }
  const { root, steps } = path;
  if (root === 'entityRef' && steps.length === 0) {
    return { root, steps };
  }
  if ((root === 'entity' || root === 'facts') && steps.length > 0) {
    return { root, steps };
  }
  throw new Error(
    `${shown} must be a part of entity or facts, or entityRef itself`,
  );
}
