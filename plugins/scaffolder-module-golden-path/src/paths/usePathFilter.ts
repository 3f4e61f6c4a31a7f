import { useStarredEntities } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Path } from './describePath';

/** Everything of a path that somebody may look for, in small letters. */
function toText(path: Path): string {
  return [
    path.title,
    path.entity.metadata.name,
    path.summary,
    path.entity.metadata.description,
    ...path.tags,
    ...path.makes.flatMap(({ title, details }) => [title, details]),
  ]
    .join(' ')
    .toLocaleLowerCase('en-US');
}

/**
 * The paths that the reader asked for, and how; the address remembers it.
 *
 * @internal
 */
export function usePathFilter(paths: Path[]) {
  const [query, setQuery] = useSearchParams();
  const { isStarredEntity } = useStarredEntities();
  const text = query.get('q') ?? '';
  const tags = query.getAll('tag');
  const isStarredOnly = query.has('starred');

  const change = (alter: (next: URLSearchParams) => void) => {
    setQuery(
      before => {
        const next = new URLSearchParams(before);
        alter(next);
        return next;
      },
      { replace: true },
    );
  };

  const words = text.toLocaleLowerCase('en-US').split(/\s+/).filter(Boolean);
  const shown = paths.filter(path => {
    const searched = toText(path);
    return (
      words.every(word => searched.includes(word)) &&
      tags.every(tag => path.tags.includes(tag)) &&
      (!isStarredOnly || isStarredEntity(path.entity))
    );
  });
  const allTags = useMemo(
    () => [...new Set(paths.flatMap(path => path.tags))].sort(),
    [paths],
  );

  return {
    shown,
    allTags,
    text,
    tags,
    isStarredOnly,
    isFiltered: words.length > 0 || tags.length > 0 || isStarredOnly,
    setText: (value: string) =>
      change(next => (value ? next.set('q', value) : next.delete('q'))),
    setTags: (values: string[]) =>
      change(next => {
        next.delete('tag');
        values.forEach(value => next.append('tag', value));
      }),
    setStarredOnly: (value: boolean) =>
      change(next =>
        value ? next.set('starred', '') : next.delete('starred'),
      ),
    clear: () =>
      change(next => ['q', 'tag', 'starred'].forEach(key => next.delete(key))),
  };
}

/** @internal */
export type PathFilter = ReturnType<typeof usePathFilter>;
