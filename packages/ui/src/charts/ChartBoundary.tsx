import { Text } from '@backstage/ui';
import { Component, type ReactNode } from 'react';

/**
 * A chart that cannot be drawn, such as after an update of the portal, when its
 * file has gone, does not take with it what stands around.
 *
 * @public
 */
export class ChartBoundary extends Component<
  { children: ReactNode },
  { hasFailed: boolean }
> {
  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  state = { hasFailed: false };

  render() {
    return this.state.hasFailed ? (
      <Text color="secondary">
        The chart could not be loaded. Reload the page, or read it as a table.
      </Text>
    ) : (
      this.props.children
    );
  }
}
