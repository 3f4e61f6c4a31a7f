import {
  Cell,
  Column,
  Flex,
  Row,
  TableBody,
  TableBodySkeleton,
  TableHeader,
  TableRoot,
  Text,
} from '@backstage/ui';
import type { CiCredential } from '@waymark/plugin-ci-credentials-common';
import { Moment } from '@waymark/ui';
import { useMemo, type ReactElement } from 'react';
import { RevokeButton } from '../revoke/RevokeButton';
import { Principal } from '../shared/Principal';
import { CredentialState } from './CredentialState';
import { EntityLinks } from './EntityLinks';
import { Expiry } from './Expiry';

/** Below this the table scrolls: narrower columns would break every date. */
const MIN_WIDTH = 900;

interface CredentialColumn {
  id: string;
  label: string;
  cell: (credential: CiCredential) => ReactElement;
}

const SOURCE: CredentialColumn = {
  id: 'source',
  label: 'Source',
  cell: ({ source, description, hint }) => (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Text as="div" weight="bold">
        {source}
      </Text>
      {description && (
        <Text as="div" variant="body-small">
          {description}
        </Text>
      )}
      <Text as="div" variant="body-small" color="secondary">
        Token begins with <code>{hint}</code>
      </Text>
    </div>
  ),
};

const ENTITIES: CredentialColumn = {
  id: 'entities',
  label: 'Speaks for',
  cell: credential => <EntityLinks credential={credential} />,
};

const REST: CredentialColumn[] = [
  {
    id: 'state',
    label: 'State',
    cell: credential => <CredentialState credential={credential} />,
  },
  {
    id: 'expires',
    label: 'Expires',
    cell: credential => <Expiry credential={credential} />,
  },
  {
    id: 'used',
    label: 'Last used',
    cell: ({ lastUsedAt }) =>
      lastUsedAt ? <Moment at={lastUsedAt} /> : <Text>Never</Text>,
  },
  {
    id: 'created',
    label: 'Created',
    cell: ({ createdAt, createdBy, issuedBy }) => (
      <>
        <Moment at={createdAt} />
        <Text as="div" variant="body-small">
          {issuedBy === 'golden-path' ? (
            'by the golden path'
          ) : (
            <>
              by <Principal subject={createdBy} />
            </>
          )}
        </Text>
      </>
    ),
  },
];

/**
 * Credentials as a table; a skeleton of it while they are on their way.
 *
 * @internal
 */
export function CredentialTable(props: {
  credentials?: CiCredential[];
  isStale: boolean;
  /** Leaves out what every row would say. */
  isOfOneEntity: boolean;
  /** The credentials of which the reader may revoke; no column without. */
  revocable: Set<string>;
  onRevoked: (credential: CiCredential) => void;
}) {
  const { credentials, isStale, isOfOneEntity, revocable, onRevoked } = props;

  const columns = useMemo(() => {
    const all = isOfOneEntity ? [SOURCE, ...REST] : [SOURCE, ENTITIES, ...REST];
    if (revocable.size > 0) {
      all.push({
        id: 'actions',
        label: 'Actions',
        cell: credential => (
          <Flex>
            {revocable.has(credential.id) && (
              <RevokeButton credential={credential} onRevoked={onRevoked} />
            )}
          </Flex>
        ),
      });
    }
    return all;
  }, [isOfOneEntity, revocable, onRevoked]);

  return (
    // A table that is wider than the screen scrolls, not the page
    <div style={{ overflowX: 'auto', maxWidth: '100%' }}>
      <TableRoot
        aria-label="CI credentials"
        stale={isStale}
        isPending={!credentials}
        style={{ minWidth: MIN_WIDTH }}
      >
        <TableHeader columns={columns}>
          {column => (
            <Column
              id={column.id}
              isRowHeader={column.id === SOURCE.id}
              style={column.id === SOURCE.id ? { width: '26%' } : undefined}
            >
              {column.label}
            </Column>
          )}
        </TableHeader>
        {credentials ? (
          <TableBody items={credentials} dependencies={[columns]}>
            {credential => (
              <Row id={credential.id} columns={columns}>
                {column => (
                  <Cell style={{ verticalAlign: 'top' }}>
                    {column.cell(credential)}
                  </Cell>
                )}
              </Row>
            )}
          </TableBody>
        ) : (
          <TableBodySkeleton columns={columns} />
        )}
      </TableRoot>
    </div>
  );
}
