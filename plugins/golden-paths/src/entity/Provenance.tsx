import { Flex, Text } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiHistoryLine,
} from '@remixicon/react';
import type { ServiceProvenance } from '@waymark/plugin-golden-paths-common';
import { Moment, NamedEntityLink, Section } from '@waymark/ui';
import { DeviationsTable } from '../deviations/DeviationsTable';
import { Mark } from '../shared/Mark';

/** The golden path that a service came from, and how far it still follows it. */
export function Provenance(props: { provenance: ServiceProvenance }) {
  const { templateRef, version, latestVersion, verified, conformant } =
    props.provenance;
  const { problems, deviations, checkedAt } = props.provenance;
  const isBehind = latestVersion !== version;
  return (
    <Section title="Golden path">
      <Flex direction="column" gap="3">
        <Text as="p">
          Generated with <NamedEntityLink entityRef={templateRef} />; looked at{' '}
          <Moment at={checkedAt} inline />.
        </Text>
        <Flex gap="4" style={{ flexWrap: 'wrap' }}>
          <Mark
            Icon={verified ? RiCheckboxCircleLine : RiErrorWarningLine}
            tone={verified ? 'good' : 'warning'}
          >
            {verified ? 'Origin verified' : 'Origin not verified'}
          </Mark>
          <Mark
            Icon={conformant ? RiCheckboxCircleLine : RiErrorWarningLine}
            tone={conformant ? 'good' : 'warning'}
          >
            {conformant ? 'Conforms to its path' : 'Does not conform'}
          </Mark>
          {latestVersion !== undefined && (
            <Mark
              Icon={isBehind ? RiHistoryLine : RiCheckboxCircleLine}
              tone={isBehind ? 'warning' : 'good'}
            >
              {isBehind ? 'There is a newer version' : 'Latest version'}
            </Mark>
          )}
        </Flex>
        {problems.length > 0 && (
          <ul>
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path && <strong>{path}: </strong>}
                {message}
              </li>
            ))}
          </ul>
        )}
        {deviations.length > 0 && (
          <DeviationsTable deviations={deviations} isOfOne />
        )}
      </Flex>
    </Section>
  );
}
