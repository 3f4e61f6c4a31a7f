import { Box } from '@backstage/ui';
import styles from './Diff.module.css';

const KINDS: [start: string, kind: string][] = [
  ['+++ ', 'file'],
  ['--- ', 'file'],
  ['diff ', 'file'],
  ['@@', 'place'],
  ['<<<<<<<', 'marker'],
  ['|||||||', 'marker'],
  ['=======', 'marker'],
  ['>>>>>>>', 'marker'],
  ['+', 'added'],
  ['-', 'removed'],
];

/** Text of Git, line by line; signs say what colours say. @internal */
export function Diff(props: { label: string; children: string }) {
  const lines = props.children.replace(/\n$/, '').split('\n');
  return (
    <Box
      className={styles.diff}
      role="region"
      aria-label={props.label}
      // Long lines scroll; with the keyboard as well
      tabIndex={0}
    >
      <pre>
        {lines.map((line, index) => (
          <span
            // Lines have no other name
            // eslint-disable-next-line react/no-array-index-key
            key={index}
            data-kind={KINDS.find(([start]) => line.startsWith(start))?.[1]}
          >
            {`${line}\n`}
          </span>
        ))}
      </pre>
    </Box>
  );
}
