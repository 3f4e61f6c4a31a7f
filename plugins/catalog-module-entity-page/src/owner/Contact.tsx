import type { Entity } from '@backstage/catalog-model';
import { Text } from '@backstage/ui';
import { readLinks, type Place } from '../links/collectLinks';
import { OTHER_TYPE, REACHING_TYPES } from '../links/linkTypes';
import { PlaceLink } from '../links/PlaceLink';
import { RiMailLine } from '@remixicon/react';
import { readProfile, safeUrl } from '@waymark/ui';
import styles from './Contact.module.css';

const WAYS = [...REACHING_TYPES, 'tickets', 'website'];

/** How to reach a person or a group, and whom to ask about an entity of theirs. */
function contactPlaces(owner: Entity, of?: Entity): Place[] {
  const email = readProfile(owner, 'email');
  const mail = email && safeUrl(`mailto:${email}`);
  // Only what is meant to reach somebody: the entity's other links are elsewhere
  const own = of
    ? readLinks(of).filter(({ type }) => REACHING_TYPES.includes(type.type))
    : [];
  const links = readLinks(owner).filter(
    ({ type }) => !of || WAYS.includes(type.type),
  );
  const places = [...own, ...links].filter(
    ({ url }, index, all) =>
      all.findIndex(other => other.url === url) === index,
  );
  return [
    ...(email && mail
      ? [
          {
            type: {
              ...OTHER_TYPE,
              type: 'mail',
              label: 'E-mail',
              Icon: RiMailLine,
            },
            title: email,
            url: mail,
          },
        ]
      : []),
    ...places,
  ];
}

/** The ways to reach somebody, or that none is known. */
export function Contact(props: { owner: Entity; of?: Entity }) {
  const places = contactPlaces(props.owner, props.of);
  if (places.length === 0) {
    return (
      <Text variant="body-small" color="secondary">
        No way to reach them is written down: they can add{' '}
        <code>spec.profile.email</code> and links of type <code>chat</code>.
      </Text>
    );
  }
  return (
    <ul className={styles.ways} aria-label="How to reach them">
      {places.map((place, index) => (
        <PlaceLink key={index} place={place} />
      ))}
    </ul>
  );
}
