import { useSearch } from '@backstage/plugin-search-react';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { readSearch, writeSearch } from './address';

/** Keeps the address and the search the same, whichever of them changes. */
export function AddressSync() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const {
    filters,
    pageCursor,
    setFilters,
    setPageCursor,
    setTerm,
    setTypes,
    term,
    types,
  } = useSearch();
  const shown = useRef(search);

  useEffect(() => {
    if (search !== shown.current) {
      shown.current = search;
      const state = readSearch(search);
      setTerm(state.term);
      setTypes(state.types);
      setFilters(state.filters);
      setPageCursor(state.pageCursor);
    }
  }, [search, setFilters, setPageCursor, setTerm, setTypes]);

  useEffect(() => {
    const written = writeSearch({ term, types, filters, pageCursor });
    if (written !== writeSearch(readSearch(shown.current))) {
      shown.current = written && `?${written}`;
      navigate({ search: shown.current }, { replace: true });
    }
  }, [filters, navigate, pageCursor, term, types]);

  return null;
}
