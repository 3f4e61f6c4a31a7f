import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Somebody who asked or decided. Names are looked up together, not one by one. */
export function Person(props: { userRef?: string }) {
  const { userRef } = props;
  return userRef ? (
    <EntityRefLink entityRef={userRef} defaultKind="user" hideIcon />
  ) : null;
}
