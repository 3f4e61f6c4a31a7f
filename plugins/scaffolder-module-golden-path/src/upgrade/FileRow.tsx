import { Button, Flex, Text } from '@backstage/ui';
import {
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiErrorWarningLine,
} from '@remixicon/react';
import { useId, useState } from 'react';
import type { UpgradeFile } from '../api';
import {
  describeChange,
  describePolicy,
  describeYours,
} from './describeUpgrade';
import { Diff } from './Diff';
import styles from './FileRow.module.css';

function Fold(props: { title: string; path: string; text: string }) {
  const { title, path, text } = props;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const Icon = isOpen ? RiArrowDownSLine : RiArrowRightSLine;
  return (
    <div>
      <Button
        size="small"
        variant="tertiary"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={`${title}: ${path}`}
        iconStart={<Icon aria-hidden="true" />}
        onPress={() => setOpen(!isOpen)}
      >
        {title}
      </Button>
      <div id={id}>
        {isOpen && <Diff label={`${title}: ${path}`}>{text}</Diff>}
      </div>
    </div>
  );
}

/**
 * One file of an upgrade: whose it is, what happens to it, and how it differs.
 *
 * @internal
 */
export function FileRow(props: { file: UpgradeFile }) {
  const { file } = props;
  const { path, conflict, conflictText, diff, messages = [] } = file;
  const yours = describeYours(file);
  return (
    <li className={styles.file} data-conflict={conflict || undefined}>
      <Flex direction="column" gap="1">
        <code className={styles.path}>{path}</code>
        <div className={styles.facts}>
          <span>{describeChange(file)}</span>
          {yours && <strong>{yours}</strong>}
          <Text variant="body-small" color="secondary">
            {describePolicy(file.policy)}
          </Text>
        </div>
        {conflict && (
          <div className={styles.conflict}>
            <RiErrorWarningLine size={18} aria-hidden="true" />
            <span>
              {messages.length > 0
                ? messages.join(' ')
                : 'Git cannot merge it by itself.'}
            </span>
          </div>
        )}
        {conflictText && (
          <Fold title="Show the conflict" path={path} text={conflictText} />
        )}
        {diff && <Fold title="Show the change" path={path} text={diff} />}
        {file.truncated && (
          <Text variant="body-small" color="secondary">
            The change is longer than what is shown here.
          </Text>
        )}
        {file.binary && (
          <Text variant="body-small" color="secondary">
            It is not text; its change cannot be shown.
          </Text>
        )}
      </Flex>
    </li>
  );
}
