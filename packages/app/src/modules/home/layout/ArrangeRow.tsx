import { ButtonIcon, Text } from '@backstage/ui';
import { RiArrowDownLine, RiArrowUpLine, RiEyeOffLine } from '@remixicon/react';
import styles from './ArrangeMode.module.css';

/** One widget that is on the page, and what can be done with it. */
export function ArrangeRow(props: {
  name: string;
  title: string;
  description?: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: 1 | -1) => void;
  onHide: () => void;
}) {
  const { name, title, description, isFirst, isLast, onMove, onHide } = props;
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <Text as="div" weight="bold">
          {title}
        </Text>
        <Text as="div" variant="body-small" color="secondary">
          {description}
        </Text>
      </div>
      <div className={styles.actions}>
        <ButtonIcon
          variant="secondary"
          aria-label={`Move ${title} up`}
          data-focus={`${name} up`}
          isDisabled={isFirst}
          icon={<RiArrowUpLine aria-hidden="true" />}
          onPress={() => onMove(-1)}
        />
        <ButtonIcon
          variant="secondary"
          aria-label={`Move ${title} down`}
          data-focus={`${name} down`}
          isDisabled={isLast}
          icon={<RiArrowDownLine aria-hidden="true" />}
          onPress={() => onMove(1)}
        />
        <ButtonIcon
          variant="secondary"
          aria-label={`Hide ${title}`}
          data-focus={`${name} hide`}
          icon={<RiEyeOffLine aria-hidden="true" />}
          onPress={onHide}
        />
      </div>
    </li>
  );
}
