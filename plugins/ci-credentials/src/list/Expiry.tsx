import { Flex } from '@backstage/ui';
import { RiAlarmWarningLine } from '@remixicon/react';
import type { CiCredential } from '@waymark/plugin-ci-credentials-common';
import { Moment } from '@waymark/ui';
import { IconText } from '../shared/IconText';

/** Before its end a credential is worth a warning for so long, in milliseconds. */
const NOTICE = 14 * 24 * 60 * 60 * 1000;

/**
 * When a credential expires, with a warning once that is soon.
 *
 * @internal
 */
export function Expiry(props: { credential: CiCredential }) {
  const { state, expiresAt } = props.credential;
  const isSoon =
    state === 'active' && new Date(expiresAt).getTime() - Date.now() < NOTICE;
  return (
    <Flex direction="column" gap="1">
      <Moment at={expiresAt} />
      {isSoon && (
        <IconText Icon={RiAlarmWarningLine} tone="warning">
          Expires soon
        </IconText>
      )}
    </Flex>
  );
}
