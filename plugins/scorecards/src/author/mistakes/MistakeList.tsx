import { Button, Text } from '@backstage/ui';
import { Section } from '@waymark/ui';
import type { Mark } from './locateIssue';
import styles from './MistakeList.module.css';

/** What keeps a scorecard from being one, each with the way to its line. */
export function MistakeList(props: {
  marks: Mark[];
  onJump: (mark: Mark) => void;
}) {
  const { marks, onJump } = props;
  return (
    <Section
      headingLevel="h2"
      title={marks.length === 1 ? '1 mistake' : `${marks.length} mistakes`}
    >
      <ul className={styles.list}>
        {marks.map((mark, index) => (
          <li key={index} className={styles.item}>
            <Button
              size="small"
              variant="secondary"
              onPress={() => onJump(mark)}
            >
              {mark.column === undefined
                ? `Line ${mark.line}`
                : `Line ${mark.line}, column ${mark.column}`}
            </Button>
            <Text style={{ overflowWrap: 'anywhere' }}>{mark.message}</Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
