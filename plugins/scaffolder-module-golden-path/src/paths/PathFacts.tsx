import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { Link, Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { Path } from './describePath';
import { linkTarget } from './linkTarget';
import styles from './PathFacts.module.css';

const TECHDOCS = 'backstage.io/techdocs-ref';

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>
        <Text variant="body-small" color="secondary">
          {props.name}
        </Text>
      </dt>
      <dd>
        <Text as="div">{props.children}</Text>
      </dd>
    </div>
  );
}

function useLinks({ entity }: Path): Array<{ title: string; url: string }> {
  const toDocs = useRouteRef(scaffolderPlugin.externalRoutes.viewTechDoc);
  const { annotations, links = [], name, namespace } = entity.metadata;
  const docs =
    annotations?.[TECHDOCS] &&
    toDocs?.({
      kind: entity.kind,
      namespace: namespace ?? 'default',
      name,
    });
  return [
    ...(docs ? [{ title: 'Documentation', url: docs }] : []),
    ...links.flatMap(({ title, url }) => {
      const target = linkTarget(url);
      return target ? [{ title: title ?? url, url: target }] : [];
    }),
  ];
}

/**
 * How long a path takes, who looks after it, and where to read more.
 *
 * @internal
 */
export function PathFacts(props: { path: Path }) {
  const { path } = props;
  const links = useLinks(path);
  const { steps } = path;
  return (
    <dl className={styles.facts}>
      <Fact name="How long">
        {path.duration ??
          (steps.length === 1 ? 'one step' : `${steps.length} steps`)}
      </Fact>
      {path.owners.length > 0 && (
        <Fact name="Looked after by">
          {path.owners.map(owner => (
            <span key={owner} className={styles.owner}>
              <EntityRefLink entityRef={owner} defaultKind="group" hideIcon />
            </span>
          ))}
        </Fact>
      )}
      {path.version && <Fact name="Version">{path.version}</Fact>}
      {links.length > 0 && (
        <Fact name="Read more">
          {links.map(({ title, url }) => (
            <span key={url} className={styles.owner}>
              <Link href={url}>{title}</Link>
            </span>
          ))}
        </Fact>
      )}
    </dl>
  );
}
