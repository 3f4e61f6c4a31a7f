import { coreExtensionData } from '@backstage/frontend-plugin-api';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';
import { WhereDocsAre } from './WhereDocsAre';

/** The reader, and in its place what to do where there is nothing to read. */
export const readerPage = techdocsPlugin
  .getExtension('page:techdocs/reader')
  .override({
    *factory(originalFactory) {
      const original = originalFactory();
      yield* original;
      // In place of the one before
      yield coreExtensionData.reactElement(
        <WhereDocsAre>
          {original.get(coreExtensionData.reactElement)}
        </WhereDocsAre>,
      );
    },
  });
