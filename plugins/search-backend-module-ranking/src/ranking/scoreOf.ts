import type { Candidate } from '../candidates/Candidates';
import { textOf } from '../documents/textOf';
import { wordsOf } from './wordsOf';

/**
 * How near a name is to the words. The steps are wide enough that what is added
 * below orders within a step, and only something deprecated falls by more than one.
 */
const NAME = {
  same: 1000,
  beginsAlike: 850,
  hasTheWords: 700,
  hasTheirBeginnings: 620,
  hasSomeOfThem: 300,
};
const IN_DESCRIPTION = 200;
const IN_TEXT = 100;

/** What people look for comes before what was made for it. */
const KIND: Record<string, number> = {
  component: 90,
  system: 60,
  group: 55,
  user: 55,
  api: 50,
  template: 50,
  domain: 40,
  resource: 0,
};
/** A page about a thing comes after the thing. */
const PAGE = -60;
const DEPRECATED = -180;

/**
 * The place of a document among the results for some words: the higher, the
 * earlier. Depends on nothing but the two, so that it is the same on each engine.
 *
 * @internal
 */
export function scoreOf(candidate: Candidate, words: string[]): number {
  const { document, textRank, type } = candidate;
  const isPage = type === 'techdocs';
  const kind = isPage
    ? PAGE
    : KIND[textOf(document, 'kind').toLowerCase()] ?? 0;
  const lifecycle = textOf(document, 'lifecycle').toLowerCase();

  const names = isPage
    ? [textOf(document, 'title')]
    : ['title', 'name', 'email'].map(field => textOf(document, field));
  const byName = Math.max(...names.map(name => scoreOfName(name, words)));

  let score = byName;
  if (words.length > 0 && byName < NAME.hasSomeOfThem) {
    const about = isPage
      ? ['pageTitle', 'entityTitle', 'name']
      : ['text', 'tags', 'system'];
    const described = wordsOf(
      about.map(field => textOf(document, field)).join(' '),
    );
    score = words.every(word => described.some(at => at.startsWith(word)))
      ? IN_DESCRIPTION
      : IN_TEXT;
  }
  return (
    score +
    kind +
    (lifecycle === 'deprecated' ? DEPRECATED : 0) +
    Math.min(Math.max(textRank, 0), 1) * 10
  );
}

function scoreOfName(name: string, words: string[]): number {
  const own = wordsOf(name);
  if (own.length === 0 || words.length === 0) {
    return 0;
  }
  const typed = words.join('');
  const whole = own.join('');
  const covered = Math.min(typed.length / whole.length, 1) * 20;

  if (whole === typed) {
    return NAME.same;
  }
  if (whole.startsWith(typed)) {
    return NAME.beginsAlike + covered;
  }
  if (words.every(word => own.includes(word))) {
    return NAME.hasTheWords + covered;
  }
  const found = words.filter(word => own.some(at => at.startsWith(word)));
  if (found.length === words.length) {
    return NAME.hasTheirBeginnings + covered;
  }
  return found.length > 0
    ? NAME.hasSomeOfThem + (found.length / words.length) * 100
    : 0;
}
