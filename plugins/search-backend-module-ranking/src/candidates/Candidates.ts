import type { IndexableDocument } from '@backstage/plugin-search-common';
import type { Writable } from 'node:stream';

/** @internal */
export interface Candidate {
  type: string;
  document: IndexableDocument;
  /** How well the words match the text, from 0 to 1, among these candidates. */
  textRank: number;
}

/** @internal */
export type FieldFilters = Record<string, string | string[]>;

/**
 * What may be a result, in no order: an index that is asked for all documents with
 * some words.
 *
 * @internal
 */
export interface Candidates {
  /** Takes the documents of one type, and replaces those it had at the end. */
  getIndexer(type: string): Promise<Writable>;
  /**
   * Documents with each of the words, of each type that has been indexed. A
   * document's word may go on where the one asked for ends. Without words: all.
   */
  find(options: {
    words: string[];
    types?: string[];
    filters: FieldFilters;
  }): Promise<Candidate[]>;
  /** Every word that is part of an entity's name. */
  words(): Promise<string[]>;
  /** How many entities can be found. */
  entities(): Promise<number>;
}

/** How many documents with the same words are looked at. */
export const MOST_CANDIDATES = 500;

/** The type of the documents that are entities. */
export const ENTITIES = 'software-catalog';
