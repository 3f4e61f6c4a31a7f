import {
  FactCollector,
  FactCollectorsExtensionPoint,
} from '@waymark/plugin-scorecards-node';

/**
 * The collectors that modules have added.
 *
 * @internal
 */
export class FactCollectorRegistry implements FactCollectorsExtensionPoint {
  readonly #collectors = new Map<string, FactCollector>();

  addCollectors(...collectors: FactCollector[]): void {
    for (const collector of collectors) {
      if (this.#collectors.has(collector.id)) {
        throw new Error(`There are two fact collectors ${collector.id}`);
      }
      this.#collectors.set(collector.id, collector);
    }
  }

  list(): FactCollector[] {
    return [...this.#collectors.values()];
  }
}
