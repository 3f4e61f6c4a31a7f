import {
  RELATION_CHILD_OF,
  RELATION_CONSUMES_API,
  RELATION_DEPENDS_ON,
  RELATION_MEMBER_OF,
  RELATION_PART_OF,
  RELATION_PROVIDES_API,
  type Entity,
} from '@backstage/catalog-model';
import { Alert, Link } from '@backstage/ui';
import { relationTargets } from '../entities/readEntity';
import type { EntitiesByRef } from '../neighbours/NeighboursApi';
import { useRelated } from '../neighbours/useNeighbours';
import { editUrl } from '../source/editUrl';
import styles from './Notices.module.css';

/**
 * Relations that the entity itself states. Those that others state of it stay out:
 * their names may be none of the reader's business. The owner has a card.
 */
const STATED = [
  { type: RELATION_PART_OF, words: 'is part of' },
  { type: RELATION_DEPENDS_ON, words: 'depends on' },
  { type: RELATION_PROVIDES_API, words: 'provides the API' },
  { type: RELATION_CONSUMES_API, words: 'consumes the API' },
  { type: RELATION_CHILD_OF, words: 'belongs to' },
  { type: RELATION_MEMBER_OF, words: 'is a member of' },
];

/** Names that an entity states and that lead nowhere for its reader. */
function missingOf(
  entity: Entity,
  related: EntitiesByRef,
): Array<{ ref: string; words: string }> {
  return STATED.flatMap(({ type, words }) =>
    relationTargets(entity, type)
      .filter(ref => !related.has(ref))
      // Of these two kinds the other side may have stated it
      .filter(ref => statesItself(entity, ref))
      .map(ref => ({ ref, words })),
  );
}

/** Whether the name stands in the entity's own specification. */
function statesItself(entity: Entity, ref: string): boolean {
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  const stated = Object.values(entity.spec ?? {}).flatMap(value =>
    Array.isArray(value) ? value : [value],
  );
  return stated.some(
    text =>
      typeof text === 'string' &&
      text.toLowerCase().split(/[:/]/).pop() === name,
  );
}

/** Of an entity that names what is not there. */
export function MissingNotice(props: { entity: Entity }) {
  const { entity } = props;
  const { value: related } = useRelated();
  const missing = related ? missingOf(entity, related) : [];
  if (missing.length === 0) {
    return null;
  }
  const edit = editUrl(entity);
  return (
    <Alert
      status="warning"
      icon
      title={
        missing.length === 1
          ? 'It names something that is not there'
          : `It names ${missing.length} things that are not there`
      }
      description={
        <>
          <ul className={styles.problems}>
            {missing.map(({ ref, words }) => (
              <li key={`${words} ${ref}`}>
                It {words} <code>{ref}</code>.
              </li>
            ))}
          </ul>
          <p className={styles.words}>
            Not in the catalog, or not open to you. A name that is wrong is
            mended in{' '}
            {edit ? (
              <Link href={edit} target="_blank" rel="noopener noreferrer">
                the file that describes it
              </Link>
            ) : (
              'the file that describes it'
            )}
            .
          </p>
        </>
      }
    />
  );
}
