import {
  coreExtensionData,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import homePlugin from '@backstage/plugin-home/alpha';
import {
  homePageLayoutComponentDataRef,
  homePageWidgetDataRef,
} from '@backstage/plugin-home-react/alpha';
import { HomeLayout } from './layout/HomeLayout';

/**
 * The stock page with our layout, drawn at once: it is the first page for
 * everybody. React holds back for half a second what waits for one file within
 * what has just waited for another, even where both are there.
 */
export const homePage = homePlugin.getExtension('page:home').override({
  *factory(originalFactory, { node, inputs }) {
    yield* originalFactory();
    // That of somebody else, if there is one
    const Layout =
      inputs.layout?.get(homePageLayoutComponentDataRef) ?? HomeLayout;
    const widgets = inputs.widgets.map(widget => ({
      ...widget.get(homePageWidgetDataRef),
      node: widget.node,
    }));
    // In place of the one before
    yield coreExtensionData.reactElement(
      <ExtensionBoundary node={node}>
        <Layout widgets={widgets} />
      </ExtensionBoundary>,
    );
  },
});
