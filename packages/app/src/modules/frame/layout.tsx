import { SidebarPage } from '@backstage/core-components';
import {
  coreExtensionData,
  createExtension,
  createExtensionInput,
} from '@backstage/frontend-plugin-api';
import { MainContent } from './MainContent';
import { SampleNotice } from './SampleNotice';

/** The stock layout, sidebar beside content, with a line above the content. */
export const layout = createExtension({
  name: 'layout',
  attachTo: { id: 'app/root', input: 'children' },
  inputs: {
    nav: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
    content: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
  },
  output: [coreExtensionData.reactElement],
  factory: ({ inputs }) => [
    coreExtensionData.reactElement(
      <SidebarPage>
        {inputs.nav.get(coreExtensionData.reactElement)}
        <SampleNotice />
        <MainContent>
          {inputs.content.get(coreExtensionData.reactElement)}
        </MainContent>
      </SidebarPage>,
    ),
  ],
});
