import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { Avatar, Link, Text } from '@backstage/ui';
import { nameOf, readProfile, safeUrl } from '@waymark/ui';
import { EntityLink } from '../entities/EntityLink';
import styles from './Person.module.css';

/** A person or a group: picture or initials, name, and what they are here. */
export function Person(props: {
  entity: Entity;
  role?: string;
  withEmail?: boolean;
}) {
  const { entity, role, withEmail } = props;
  const email = withEmail ? readProfile(entity, 'email') : undefined;
  const mail = email && safeUrl(`mailto:${email}`);
  return (
    <div className={styles.person}>
      <Avatar
        src={safeUrl(readProfile(entity, 'picture') ?? '') ?? ''}
        name={nameOf(entity)}
        size="small"
        purpose="decoration"
      />
      <div className={styles.words}>
        <EntityLink entityRef={stringifyEntityRef(entity)} entity={entity} />
        {role && (
          <Text as="div" variant="body-small" color="secondary">
            {role}
          </Text>
        )}
        {mail && (
          <div className={styles.mail}>
            <Link href={mail} variant="body-small" standalone>
              {email}
            </Link>
          </div>
        )}
      </div>
    </div>
  );
}
