import {
  ButtonIcon,
  DialogTrigger,
  Popover,
  Tooltip,
  TooltipTrigger,
} from '@backstage/ui';
import { RiInformationLine } from '@remixicon/react';
import type { MetricDefinition } from '@waymark/plugin-golden-paths-common';
import { Definition } from './Definition';
import styles from './DefinitionButton.module.css';

/** Markdown as the text that it is about. */
function toPlain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '')
    .trim();
}

/**
 * What a metric says: its definition while it is pointed at or has the focus, and
 * where it comes from, too, when it is pressed.
 */
export function DefinitionButton(props: { definition: MetricDefinition }) {
  const { definition } = props;
  const name = `What “${definition.title}” says`;
  return (
    <span className={styles.button}>
      <DialogTrigger>
        <TooltipTrigger delay={300}>
          <ButtonIcon
            icon={<RiInformationLine />}
            size="small"
            variant="tertiary"
            aria-label={name}
          />
          <Tooltip className={styles.tooltip}>
            {toPlain(definition.definition)}
          </Tooltip>
        </TooltipTrigger>
        <Popover aria-label={name} className={styles.popover}>
          <Definition definition={definition} />
        </Popover>
      </DialogTrigger>
    </span>
  );
}
