import type { TicketCategory } from '@waymark/plugin-golden-paths-common';

/** What questions are about, in the words of who asks. */
export const CATEGORIES: Record<TicketCategory, string> = {
  question: 'How something is done',
  problem: 'Something does not work',
  access: 'I need access',
  request: 'Something is missing',
  other: 'Something else',
};

/** The same, for a list; of a tracker it may be any word. */
export function describeCategory(category: string): string {
  return Object.hasOwn(CATEGORIES, category)
    ? CATEGORIES[category as TicketCategory]
    : category;
}
