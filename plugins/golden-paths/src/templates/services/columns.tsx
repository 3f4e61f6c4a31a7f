import { Link, Text } from '@backstage/ui';
import { RiCheckboxCircleLine, RiHistoryLine } from '@remixicon/react';
import type { TemplateService } from '@waymark/plugin-golden-paths-common';
import {
  describeReportDay,
  EntityLink,
  Moment,
  NamedEntityLink,
  safeUrl,
  type RowsColumn,
} from '@waymark/ui';
import { Mark } from '../../shared/Mark';
import { nameOfVersion } from '../nameOfVersion';
import { UpgradeLink } from './UpgradeLink';

/** How the version of a service stands to the newest, as far as both are known. */
function Standing(props: { service: TemplateService; newest?: string }) {
  const { behind, version } = props.service;
  if (behind) {
    return (
      <Mark Icon={RiHistoryLine} tone="warning">
        There is a newer version
      </Mark>
    );
  }
  if (props.newest === undefined) {
    return <Text as="div">Newest version not known</Text>;
  }
  return version ? (
    <Mark Icon={RiCheckboxCircleLine} tone="good">
      Latest version
    </Mark>
  ) : null;
}

function Upgrade(props: { service: TemplateService; newest?: string }) {
  const { behind, upgrade, version } = props.service;
  if (!upgrade) {
    const none = props.newest && version ? 'Nothing newer' : 'Not known';
    return <Text color="secondary">{behind ? 'Not proposed' : none}</Text>;
  }
  if (upgrade.state === 'running') {
    return <>Is being proposed</>;
  }
  const href = upgrade.url && safeUrl(upgrade.url);
  return (
    <>
      <Text as="div">
        {href ? <Link href={href}>Proposed</Link> : 'Proposed'}
      </Text>
      <Text as="div" variant="body-small" color="secondary">
        <Moment at={upgrade.at} />
      </Text>
    </>
  );
}

/**
 * Of services that follow a golden path.
 *
 * @param newest - the version that the path has now, where it is known
 */
export const columnsOf = (newest?: string): RowsColumn<TemplateService>[] => [
  {
    id: 'service',
    label: 'Service',
    width: 28,
    isRowHeader: true,
    cell: ({ entityRef, title, ownerRef }) => (
      <>
        <Text as="div" weight="bold">
          <EntityLink entityRef={entityRef} title={title} />
        </Text>
        <Text as="div" variant="body-small" color="secondary">
          {ownerRef ? <NamedEntityLink entityRef={ownerRef} /> : 'No owner'}
        </Text>
      </>
    ),
  },
  {
    id: 'version',
    label: 'Version',
    width: 24,
    cell: service => (
      <>
        <Standing service={service} newest={newest} />
        <Text
          as="div"
          variant="body-small"
          color="secondary"
          title={service.version}
        >
          {nameOfVersion(service.version)}
        </Text>
      </>
    ),
  },
  {
    id: 'since',
    label: 'Since',
    width: 18,
    cell: ({ since }) => `Week of ${describeReportDay(since)}`,
  },
  {
    id: 'upgrade',
    label: 'Upgrade',
    width: 18,
    cell: service => <Upgrade service={service} newest={newest} />,
  },
  {
    id: 'more',
    label: 'More',
    cell: ({ entityRef }) => <UpgradeLink entityRef={entityRef} />,
  },
];
