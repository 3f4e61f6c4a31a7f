import type { Entity } from '@backstage/catalog-model';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink, Link } from '@backstage/ui';
import { EmptyState, readContact } from '@waymark/ui';
import { GroupLinks } from './GroupLinks';

/** Says why there is nothing, which is one of two things, and what to do. */
export function NothingOwned({ groups }: { groups: Entity[] }) {
  const contact = readContact(useApi(configApiRef));
  const action = (
    <ButtonLink href="/catalog" variant="secondary">
      See what others own
    </ButtonLink>
  );
  if (groups.length === 0) {
    return (
      <EmptyState isPlain title="You are in no group yet" action={action}>
        What your groups own stands here once the catalog knows them.{' '}
        {contact ? (
          <>
            To be put into one, ask{' '}
            <Link href={contact.url}>{contact.name}</Link>.
          </>
        ) : (
          <>
            Where it finds your groups and people is said in{' '}
            <Link href="/docs/default/component/waymark/use-your-own/">
              Use your own
            </Link>
            .
          </>
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState isPlain title="Nothing here yet" action={action}>
      <GroupLinks groups={groups} /> {groups.length === 1 ? 'owns' : 'own'}{' '}
      nothing in the catalog. A group owns what names it as spec.owner in its
      catalog-info.yaml; what you create here does so from the start.
    </EmptyState>
  );
}
