import { Button, Flex, Tag, TagGroup } from '@backstage/ui';
import styles from './ChosenFilters.module.css';
import type { ResultsFilter } from '../useResultsAddress';

/** What the list is narrowed to, each to be taken away. */
export function ChosenFilters(props: {
  chosen: { name: keyof ResultsFilter; text: string }[];
  onRemove: (names: (keyof ResultsFilter)[]) => void;
}) {
  const { chosen, onRemove } = props;
  if (chosen.length === 0) {
    return null;
  }
  return (
    <Flex
      align="center"
      gap="3"
      style={{ flexWrap: 'wrap' }}
      className={styles.chosen}
    >
      <TagGroup
        aria-label="Chosen filters"
        items={chosen.map(({ name, text }) => ({ id: name, text }))}
        onRemove={keys =>
          onRemove(
            chosen.map(({ name }) => name).filter(name => keys.has(name)),
          )
        }
      >
        {({ id, text }) => (
          <Tag id={id} textValue={text}>
            {text}
          </Tag>
        )}
      </TagGroup>
      <Button
        size="small"
        variant="tertiary"
        onPress={() => onRemove(chosen.map(({ name }) => name))}
      >
        Clear filters
      </Button>
    </Flex>
  );
}
