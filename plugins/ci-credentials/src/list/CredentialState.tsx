import { Flex, Text } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiForbidLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type {
  CiCredential,
  CiCredentialState,
} from '@waymark/plugin-ci-credentials-common';
import { Moment } from '@waymark/ui';
import { IconText } from '../shared/IconText';
import { Principal } from '../shared/Principal';

const LOOKS: Record<
  CiCredentialState,
  {
    word: string;
    Icon: RemixiconComponentType;
    tone: 'success' | 'warning' | 'danger';
  }
> = {
  active: { word: 'Active', Icon: RiCheckboxCircleLine, tone: 'success' },
  expired: { word: 'Expired', Icon: RiTimeLine, tone: 'warning' },
  revoked: { word: 'Revoked', Icon: RiForbidLine, tone: 'danger' },
};

/**
 * A credential's state in a word and an icon, and of a revoked one by whom, when
 * and why.
 *
 * @internal
 */
export function CredentialState(props: { credential: CiCredential }) {
  const { state, revokedAt, revokedBy, revokeReason } = props.credential;
  const { word, Icon, tone } = LOOKS[state];
  return (
    <Flex direction="column" gap="1">
      <IconText Icon={Icon} tone={tone}>
        {word}
      </IconText>
      {state === 'revoked' && (
        <>
          {revokedBy && (
            <Text as="div" variant="body-small">
              by <Principal subject={revokedBy} />
            </Text>
          )}
          {revokedAt && <Moment at={revokedAt} />}
          {revokeReason && (
            <Text as="div" variant="body-small" color="secondary">
              {revokeReason}
            </Text>
          )}
        </>
      )}
    </Flex>
  );
}
