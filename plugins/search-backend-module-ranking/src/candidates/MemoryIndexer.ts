import { BatchSearchEngineIndexer } from '@backstage/plugin-search-backend-node';
import type { IndexableDocument } from '@backstage/plugin-search-common';
import lunr from 'lunr';
import { textOf } from '../documents/textOf';

const NOT_WORDS = ['location', 'authorization', 'path'];

/** @internal */
export interface Indexed {
  index: lunr.Index;
  documents: Map<string, IndexableDocument>;
  /** Words of the names, with a blank before each, by location. */
  words: Map<string, string>;
}

/**
 * Builds a Lunr index of all the fields that any of the documents has.
 *
 * @internal
 */
export class MemoryIndexer extends BatchSearchEngineIndexer {
  private readonly documents = new Map<string, IndexableDocument>();

  constructor(private readonly onIndexed: (indexed: Indexed) => void) {
    super({ batchSize: 1000 });
  }

  async initialize(): Promise<void> {}

  async index(documents: IndexableDocument[]): Promise<void> {
    for (const document of documents) {
      this.documents.set(document.location, document);
    }
  }

  /** Not called after an error, and then what was there before stays. */
  async finalize(): Promise<void> {
    const { documents } = this;
    // Nothing at all is more likely a source that is away than an empty one
    if (documents.size === 0) {
      return;
    }
    const fields = new Set([...documents.values()].flatMap(Object.keys));
    for (const field of NOT_WORDS) {
      fields.delete(field);
    }

    const builder = new lunr.Builder();
    builder.tokenizer = Object.assign(
      (text: Parameters<typeof lunr.tokenizer>[0]) => lunr.tokenizer(text),
      { separator: /[^\p{L}\p{N}]+/u },
    );
    builder.pipeline.add(lunr.trimmer, lunr.stopWordFilter, lunr.stemmer);
    builder.searchPipeline.add(lunr.stemmer);
    builder.ref('location');
    for (const field of fields) {
      builder.field(field, {
        extractor: document => textOf(asDocument(document), field),
      });
    }
    let count = 0;
    for (const document of documents.values()) {
      builder.add(document);
      count++;
      if (count % 200 === 0) {
        // Lets requests through meanwhile
        await new Promise(setImmediate);
      }
    }

    this.onIndexed({
      index: builder.build(),
      documents,
      words: new Map(
        [...documents].map(([location, document]) => [
          location,
          ` ${textOf(document, 'words')}`,
        ]),
      ),
    });
  }
}

function asDocument(value: object): IndexableDocument {
  return value as IndexableDocument;
}
