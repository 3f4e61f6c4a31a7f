import type { Entity } from '@backstage/catalog-model';
import { Link, Text } from '@backstage/ui';
import { toOwnedPath } from '../shared/entityAddress';
import { Thing, ThingList } from '../shared/ThingList';
import { GroupLinks } from './GroupLinks';
import type { Branch } from './loadBelow';
import styles from './Owned.module.css';

const count = (components: number) =>
  components === 1 ? '1 component' : `${components} components`;

/** For those who lead: what the groups below theirs own, branch by branch. */
export function GroupsBelow(props: { groups: Entity[]; branches: Branch[] }) {
  const { groups, branches } = props;
  return (
    <div className={styles.share}>
      <Text as="p">
        Below <GroupLinks groups={groups} />
      </Text>
      <div className={styles.columns}>
        {branches.map(branch => (
          <section
            key={branch.ref}
            className={styles.column}
            aria-label={branch.title}
          >
            <div>
              <Text as="h3" variant="body-medium" weight="bold">
                <Link href={branch.href} weight="bold">
                  {branch.title}
                </Link>
              </Text>
              <Text as="div" variant="body-small" color="secondary">
                {count(branch.components)}
              </Text>
            </div>
            <ThingList label={`Groups of ${branch.title}`}>
              {branch.groups.map(({ ref, title, href, components }) => (
                <Thing
                  key={ref}
                  href={href}
                  title={title}
                  detail={
                    <Link
                      variant="body-small"
                      href={toOwnedPath({ kind: 'component', owners: [ref] })}
                      aria-label={`${count(components)} of ${title}`}
                    >
                      {count(components)}
                    </Link>
                  }
                />
              ))}
            </ThingList>
          </section>
        ))}
      </div>
    </div>
  );
}
