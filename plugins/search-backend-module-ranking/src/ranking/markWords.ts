import { wordsOf } from './wordsOf';

const EXCERPT = 220;

/** The text with the words marked that begin like one of those asked for. */
export function markWords(options: {
  text: string;
  words: string[];
  preTag: string;
  postTag: string;
}): string | undefined {
  const { text, words, preTag, postTag } = options;
  let found = false;
  const marked = text.replace(/[\p{L}\p{N}\p{M}]+/gu, part => {
    if (!isMeant(part, words)) {
      return part;
    }
    found = true;
    return `${preTag}${part}${postTag}`;
  });
  return found ? marked : undefined;
}

/** The part of a long text that shows the first of the words. */
export function excerptOf(text: string, words: string[]): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= EXCERPT) {
    return flat;
  }
  let at = 0;
  for (const match of flat.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (isMeant(match[0], words)) {
      at = match.index;
      break;
    }
  }
  let start = Math.max(0, Math.min(at - 60, flat.length - EXCERPT));
  if (start > 0) {
    const space = flat.indexOf(' ', start);
    start = space >= 0 && space < at ? space + 1 : start;
  }
  const cut = flat.slice(start, start + EXCERPT);
  const end = start + EXCERPT < flat.length ? cut.lastIndexOf(' ') : cut.length;
  return `${start > 0 ? '… ' : ''}${cut.slice(0, end > 0 ? end : undefined)}${
    start + EXCERPT < flat.length ? ' …' : ''
  }`;
}

function isMeant(part: string, words: string[]): boolean {
  const own = wordsOf(part);
  return words.some(word => {
    // The engines find other endings of a word too
    const stem = word.length > 5 ? word.replace(/(ings?|ed|es|s)$/, '') : word;
    return own.some(
      at => at.startsWith(word) || (stem.length > 3 && at.startsWith(stem)),
    );
  });
}
