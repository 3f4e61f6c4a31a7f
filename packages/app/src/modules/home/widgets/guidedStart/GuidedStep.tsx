import { Link, Text, VisuallyHidden } from '@backstage/ui';
import {
  RiCheckboxBlankCircleLine,
  RiCheckboxCircleFill,
} from '@remixicon/react';
import styles from './GuidedStart.module.css';
import type { TickedStep } from './useGuidedStart';

/** One step, with its tick. */
export function GuidedStep(props: { step: TickedStep; isNext: boolean }) {
  const { step, isNext } = props;
  const { title, text, href, isTicked } = step;
  const Icon = isTicked ? RiCheckboxCircleFill : RiCheckboxBlankCircleLine;
  return (
    <li
      className={styles.step}
      data-done={isTicked || undefined}
      aria-current={isNext ? 'step' : undefined}
    >
      <Icon className={styles.tick} size={20} aria-hidden="true" />
      <div>
        <Link href={href} weight={isNext ? 'bold' : 'regular'}>
          {title}
        </Link>
        {isTicked && <VisuallyHidden> (done)</VisuallyHidden>}
        <Text as="p" variant="body-small" color="secondary">
          {text}
        </Text>
      </div>
    </li>
  );
}
