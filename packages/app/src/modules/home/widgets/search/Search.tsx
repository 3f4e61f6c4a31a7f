import { Button, SearchField } from '@backstage/ui';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import styles from './Search.module.css';

/** Leads to what was found. */
export function Search() {
  const navigate = useNavigate();
  const [term, setTerm] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    navigate(`/search?${new URLSearchParams({ query: term.trim() })}`);
  };
  return (
    <form role="search" className={styles.form} onSubmit={submit}>
      <SearchField
        aria-label="Search the portal"
        placeholder="Services, APIs, people, docs"
        className={styles.field}
        value={term}
        onChange={setTerm}
      />
      <Button type="submit" variant="secondary">
        Search
      </Button>
    </form>
  );
}
