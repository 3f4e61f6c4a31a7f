import { coreExtensionData } from '@backstage/frontend-plugin-api';
import goldenPathsPlugin from '@waymark/plugin-golden-paths';
import { GatedPage } from './GatedPage';
import { DELIVERY_GATES } from './gates';

/** The page of delivery: a tab that its reader does not have says why. */
export const deliveryPage = goldenPathsPlugin
  .getExtension('page:golden-paths')
  .override({
    *factory(originalFactory) {
      const original = originalFactory();
      yield* original;
      // In place of the one before
      yield coreExtensionData.reactElement(
        <GatedPage gates={DELIVERY_GATES}>
          {original.get(coreExtensionData.reactElement)}
        </GatedPage>,
      );
    },
  });
