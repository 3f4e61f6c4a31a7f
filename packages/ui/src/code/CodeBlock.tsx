import { Box, Button, Flex, Text } from '@backstage/ui';
import { RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import styles from './CodeBlock.module.css';

/**
 * Text to be copied as it is. Nothing but the clipboard ever gets it.
 *
 * @public
 */
export function CodeBlock(props: {
  /** What the text is, for those who do not see where it stands. */
  label: string;
  /** Name of the button. */
  copyLabel: string;
  children: string;
}) {
  const { label, copyLabel, children } = props;
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(children);
      setOutcome('copied');
    } catch {
      // Browsers refuse outside of secure contexts
      setOutcome('refused');
    }
  };

  return (
    <Flex direction="column" gap="2">
      <Box
        className={styles.code}
        role="region"
        aria-label={label}
        // Long lines scroll; with the keyboard as well
        tabIndex={0}
      >
        <pre>
          <code>{children}</code>
        </pre>
      </Box>
      <Flex align="center" gap="2">
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiFileCopyLine />}
          onPress={copy}
        >
          {copyLabel}
        </Button>
        <div role="status">
          {outcome === 'copied' && <Text variant="body-small">Copied.</Text>}
          {outcome === 'refused' && (
            <Text variant="body-small" color="danger">
              The browser does not let pages copy here. Select the text and copy
              it yourself.
            </Text>
          )}
        </div>
      </Flex>
    </Flex>
  );
}
