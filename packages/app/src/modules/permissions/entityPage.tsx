import { coreExtensionData } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { EntityRights } from './EntityRights';

/** The page of an entity, with the tabs that its reader may open. */
export const entityPage = catalogPlugin
  .getExtension('page:catalog/entity')
  .override({
    *factory(originalFactory) {
      const original = originalFactory();
      yield* original;
      // In place of the one before
      yield coreExtensionData.reactElement(
        <EntityRights>
          {original.get(coreExtensionData.reactElement)}
        </EntityRights>,
      );
    },
  });
