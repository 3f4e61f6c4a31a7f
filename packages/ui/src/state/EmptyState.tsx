import { Flex, Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/**
 * In place of a list or a card without content: what is missing, and what to do
 * next.
 *
 * @public
 */
export function EmptyState(props: {
  title: string;
  /** What would stand here, and how to get it, in a sentence or two. */
  children?: ReactNode;
  /** The next step: a button or a link. */
  action?: ReactNode;
  /** Decoration above the title; hidden from screen readers. */
  icon?: ReactNode;
  /** Level of the heading on its page. Default: `h3`. */
  headingLevel?: 'h2' | 'h3' | 'h4';
  /** Within a card, which has a frame of its own. */
  isPlain?: boolean;
}) {
  const { title, children, action, icon, headingLevel = 'h3', isPlain } = props;
  return (
    <div className={isPlain ? undefined : styles.empty}>
      <Flex direction="column" gap="3" align="start">
        {icon && (
          <span className={styles.icon} aria-hidden="true">
            {icon}
          </span>
        )}
        <Text
          as={headingLevel}
          variant={isPlain ? 'body-medium' : 'title-x-small'}
          weight="bold"
        >
          {title}
        </Text>
        {children && (
          <Text as="div" color="secondary">
            {children}
          </Text>
        )}
        {action}
      </Flex>
    </div>
  );
}
