import type { IndexableDocument } from '@backstage/plugin-search-common';

/**
 * A field of a document as text; lists by blanks, nothing when it has none.
 *
 * @internal
 */
export function textOf(document: IndexableDocument, field: string): string {
  const value: unknown = Reflect.get(document, field);
  if (Array.isArray(value)) {
    return value.filter(item => typeof item === 'string').join(' ');
  }
  return typeof value === 'string' ? value : '';
}
