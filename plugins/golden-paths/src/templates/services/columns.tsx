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

function Upgrade(props: { service: TemplateService }) {
  const { behind, upgrade } = props.service;
  if (!upgrade) {
    return (
      <Text color="secondary">{behind ? 'Not proposed' : 'Nothing newer'}</Text>
    );
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

/** Of services that follow a golden path. */
export const COLUMNS: RowsColumn<TemplateService>[] = [
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
    cell: ({ version, behind }) => (
      <>
        <Mark
          Icon={behind ? RiHistoryLine : RiCheckboxCircleLine}
          tone={behind ? 'warning' : 'good'}
        >
          {behind ? 'There is a newer version' : 'Latest version'}
        </Mark>
        <Text as="div" variant="body-small" color="secondary" title={version}>
          {nameOfVersion(version)}
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
    cell: service => <Upgrade service={service} />,
  },
  {
    id: 'more',
    label: 'More',
    cell: ({ entityRef }) => <UpgradeLink entityRef={entityRef} />,
  },
];
