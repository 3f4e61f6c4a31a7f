import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { Flex, Link, Text } from '@backstage/ui';
import { LoadingLines, ProblemNotice, Section } from '@waymark/ui';
import type { UpgradeStatus } from '../api';
import { nameOfPath, nameOfVersion } from './describeUpgrade';
import { isUnderWay, useUpgrade } from './useUpgrade';
import { UpgradeMark } from './UpgradeMark';
import { UPGRADE_PATH } from './upgradePath';

function Standing(props: { status: UpgradeStatus; address?: string }) {
  const { status, address } = props;
  const { available, problem, proposal, run, state } = status;
  const link = (text: string) => address && <Link href={address}>{text}</Link>;
  return (
    <Flex direction="column" gap="2" align="start">
      {state !== 'unknown' && (
        <Text as="div" weight="bold">
          {nameOfPath(status)}
        </Text>
      )}
      {state !== 'unknown' && <UpgradeMark state={state} />}
      {state === 'behind' && (
        <>
          {isUnderWay(run) && <Text as="div">It is being proposed.</Text>}
          {link(
            available?.pathVersion &&
              available.pathVersion !== status.current?.pathVersion
              ? `See what ${nameOfVersion(available)} brings`
              : 'See what it brings',
          )}
        </>
      )}
      {state === 'proposed' && proposal && (
        <Link href={proposal.url}>Open the proposed upgrade</Link>
      )}
      {state === 'unknown' && problem && (
        <Text as="p" color="secondary">
          {problem.message}
        </Text>
      )}
    </Flex>
  );
}

/**
 * How the service of the page stands to its golden path, in a few words. Nothing
 * where no path made it.
 *
 * @internal
 */
export function UpgradeCard() {
  const { value, error, retry } = useUpgrade();
  const { entity } = useEntity();
  const toEntity = useRouteRef(entityRouteRef);
  if (value?.problem?.code === 'no-path') {
    return null;
  }
  const address =
    toEntity && `${toEntity(entityRouteParams(entity))}/${UPGRADE_PATH}`;
  return (
    <Section title="Golden path">
      {error !== undefined && !value && (
        <ProblemNotice
          title="Its golden path cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && error === undefined && (
        <LoadingLines label="Loading its golden path" />
      )}
      {value && <Standing status={value} address={address} />}
    </Section>
  );
}
