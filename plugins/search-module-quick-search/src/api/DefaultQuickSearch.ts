import type {
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import type { QuickSearchApi } from './QuickSearchApi';

/** @internal */
export class DefaultQuickSearch implements QuickSearchApi {
  private opened = false;
  private readonly subscribers = new Set<() => void>();

  constructor(
    private readonly apis: {
      discoveryApi: typeof discoveryApiRef.T;
      fetchApi: typeof fetchApiRef.T;
    },
  ) {}

  readonly open = () => this.change(true);

  readonly close = () => this.change(false);

  readonly isOpen = () => this.opened;

  readonly subscribe = (onChange: () => void) => {
    this.subscribers.add(onChange);
    return () => {
      this.subscribers.delete(onChange);
    };
  };

  async isIndexReady() {
    const { discoveryApi, fetchApi } = this.apis;
    const baseUrl = await discoveryApi.getBaseUrl('search');
    const response = await fetchApi.fetch(`${baseUrl}/index`);
    // A backend without the module for ranking does not know the question
    return !response.ok || (await response.json()).isReady !== false;
  }

  private change(opened: boolean) {
    if (opened !== this.opened) {
      this.opened = opened;
      for (const onChange of [...this.subscribers]) {
        onChange();
      }
    }
  }
}
