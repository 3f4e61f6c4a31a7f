import { Flex, SearchField, ToggleButton } from '@backstage/ui';
import { RiStarLine } from '@remixicon/react';
import type { PathFilter } from './usePathFilter';
import styles from './PathFilters.module.css';

/**
 * Search, tags and stars, for when there are many paths.
 *
 * @internal
 */
export function PathFilters(props: { filter: PathFilter }) {
  const { filter } = props;
  return (
    <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
      <SearchField
        className={styles.search}
        aria-label="Search paths and templates"
        placeholder="Search"
        value={filter.text}
        onChange={filter.setText}
      />
      <ToggleButton
        iconStart={<RiStarLine />}
        isSelected={filter.isStarredOnly}
        onChange={filter.setStarredOnly}
      >
        Starred
      </ToggleButton>
      {filter.allTags.length > 0 && (
        <div className={styles.tags} role="group" aria-label="Tags">
          {filter.allTags.map(tag => (
            <ToggleButton
              key={tag}
              size="small"
              isSelected={filter.tags.includes(tag)}
              onChange={isSelected =>
                filter.setTags(
                  isSelected
                    ? [...filter.tags, tag]
                    : filter.tags.filter(other => other !== tag),
                )
              }
            >
              {tag}
            </ToggleButton>
          ))}
        </div>
      )}
    </Flex>
  );
}
