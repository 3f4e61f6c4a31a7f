import {
  EntityKindPicker,
  EntityLifecyclePicker,
  EntityOwnerPicker,
  EntityTagPicker,
  EntityTypePicker,
  UserListPicker,
  type UserListFilterKind,
} from '@backstage/plugin-catalog-react';
import { CatalogList } from './CatalogList';

/** All APIs of the catalog. */
export function ApiList(props: { initialFilter?: UserListFilterKind }) {
  return (
    <CatalogList
      filters={
        <>
          <EntityKindPicker initialFilter="api" hidden />
          <EntityTypePicker />
          <UserListPicker initialFilter={props.initialFilter ?? 'all'} />
          <EntityOwnerPicker />
          <EntityLifecyclePicker />
          <EntityTagPicker />
        </>
      }
    />
  );
}
