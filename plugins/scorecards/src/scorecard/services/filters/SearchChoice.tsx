import { SearchField } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

/** Typing pauses for so long before it is searched, in milliseconds. */
const PAUSE = 300;

/** A part of the name; asked for when typing pauses. */
export function SearchChoice(props: {
  value?: string;
  onChange: (value: string | undefined) => void;
}) {
  const { value = '', onChange } = props;
  const [text, setText] = useState(value);
  const asked = useRef(value);

  // Changed by something else, such as going back
  useEffect(() => {
    if (value !== asked.current) {
      asked.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === asked.current) {
      return undefined;
    }
    const timer = setTimeout(
      () => {
        asked.current = wanted;
        onChange(wanted || undefined);
      },
      wanted ? PAUSE : 0,
    );
    return () => clearTimeout(timer);
  }, [text, onChange]);

  return (
    <SearchField
      label="Name"
      placeholder="Part of a name"
      size="small"
      value={text}
      onChange={setText}
    />
  );
}
