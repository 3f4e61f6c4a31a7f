import type { Entity } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import { nameOf } from '@waymark/ui';
import { toPath } from '../shared/entityAddress';

/** The names of groups as a part of a sentence, each leading to its page. */
export function GroupLinks({ groups }: { groups: Entity[] }) {
  return (
    <>
      {groups.map((group, index) => (
        <span key={toPath(group)}>
          {index > 0 && (index === groups.length - 1 ? ' and ' : ', ')}
          <Link href={toPath(group)}>{nameOf(group)}</Link>
        </span>
      ))}
    </>
  );
}
