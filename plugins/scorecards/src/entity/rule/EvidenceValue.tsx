import type { JsonValue } from '@backstage/types';
import { Button, Link } from '@backstage/ui';
import type { EvidenceInput } from '@waymark/plugin-scorecards-common';
import { describeExactly, formatNumber, Moment, safeUrl } from '@waymark/ui';
import { useState } from 'react';
import { isMoment } from './describeValue';
import styles from './EvidenceValue.module.css';

const MAX_ITEMS = 10;
const MAX_TEXT = 240;

/** An address that a browser shows; what an object or a number looks like is none. */
function webUrl(text: string): string | undefined {
  const url = /^https?:\/\//i.test(text) ? safeUrl(text) : undefined;
  return url;
}

/** A text of a source: a link where it is an address. */
export function SourceText(props: { children: string }) {
  const url = webUrl(props.children);
  return url ? (
    <Link href={url} target="_blank" rel="noopener noreferrer">
      {props.children}
    </Link>
  ) : (
    <>{props.children}</>
  );
}

function LongText(props: { children: string }) {
  const { children: text } = props;
  const [isOpen, setOpen] = useState(text.length <= MAX_TEXT);
  return isOpen ? (
    <SourceText>{text}</SourceText>
  ) : (
    <>
      {text.slice(0, MAX_TEXT)}…{' '}
      <Button size="small" variant="tertiary" onPress={() => setOpen(true)}>
        Show all of it
      </Button>
    </>
  );
}

function Value(props: { value: JsonValue }) {
  const { value } = props;
  if (isMoment(value)) {
    return (
      <>
        {describeExactly(new Date(value))} (<Moment at={value} inline />)
      </>
    );
  }
  switch (typeof value) {
    case 'boolean':
      return <>{value ? 'Yes' : 'No'}</>;
    case 'number':
      return <>{formatNumber(value, { maximumFractionDigits: 6 })}</>;
    case 'string':
      return value === '' ? (
        <span className={styles.absent}>Empty</span>
      ) : (
        <LongText>{value}</LongText>
      );
    default:
      return (
        <pre className={styles.object}>{JSON.stringify(value, null, 2)}</pre>
      );
  }
}

function Items(props: { items: JsonValue[] }) {
  const { items } = props;
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? items : items.slice(0, MAX_ITEMS);
  return (
    <>
      <ul className={styles.items}>
        {shown.map((item, index) => (
          <li key={index}>
            <Value value={item} />
          </li>
        ))}
      </ul>
      {shown.length < items.length && (
        <Button size="small" variant="tertiary" onPress={() => setOpen(true)}>
          {`Show ${formatNumber(items.length - shown.length)} more`}
        </Button>
      )}
    </>
  );
}

/** What a rule read, for people. */
export function EvidenceValue(props: { input: EvidenceInput }) {
  const { path, value, truncated } = props.input;
  if (value === undefined) {
    const missing = path.startsWith('facts')
      ? 'Nobody has reported it'
      : 'Not set';
    return (
      <span className={styles.absent}>
        {truncated ? 'Too long to show' : missing}
      </span>
    );
  }
  let shown;
  if (!Array.isArray(value)) {
    shown = <Value value={value} />;
  } else if (value.length === 0) {
    shown = <span className={styles.absent}>None</span>;
  } else {
    shown = <Items items={value} />;
  }
  return (
    <div className={styles.value}>
      {shown}
      {truncated && (
        <div className={styles.absent}>There is more than is shown here.</div>
      )}
    </div>
  );
}
