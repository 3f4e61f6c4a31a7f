import { DecoratorBase } from '@backstage/plugin-search-backend-node';
import type {
  DocumentDecoratorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import { textOf } from './textOf';

/**
 * Tells sections of documentation which page they are on: a generator writes each
 * page before its sections. And takes the annotations of the entity off them, which
 * would match words that nobody can see.
 *
 * @internal
 */
export class DocsPages extends DecoratorBase {
  private readonly titles = new Map<string, string>();

  static factory(): DocumentDecoratorFactory {
    return {
      types: ['techdocs'],
      getDecorator: async () => new DocsPages(),
    };
  }

  async initialize(): Promise<void> {}

  async decorate(document: IndexableDocument): Promise<IndexableDocument> {
    const [page, section] = document.location.split('#');
    if (section === undefined) {
      this.titles.set(page, document.title);
    }
    return Object.assign(document, {
      annotations: '',
      pageTitle: this.titles.get(page) ?? textOf(document, 'entityTitle'),
    });
  }

  async finalize(): Promise<void> {}
}
