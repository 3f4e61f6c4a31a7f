import { createHash } from 'node:crypto';
import { Entity } from '@backstage/catalog-model';
import { Objectives } from './openslo/readObjectives';

const MAX_CHARACTERS = 60_000;

/**
 * What is remembered of a component, so that only what has changed is read.
 *
 * @internal
 */
export interface State {
  /** Of its APIs. */
  digest: string;
  /** Of its repository. */
  etag: string;
  objectives: Objectives;
}

/** @internal */
export function digestOf(apis: Entity[]): string {
  const hash = createHash('sha256');
  for (const { spec } of apis) {
    hash.update(JSON.stringify([spec?.type, spec?.definition]));
  }
  return hash.digest('hex');
}

/** @internal */
export function readState(state: string | undefined): State | undefined {
  return state ? JSON.parse(state) : undefined;
}

/**
 * Undefined when it would be too long to be kept: all is read again then.
 *
 * @internal
 */
export function writeState(state: State): string | undefined {
  const text = JSON.stringify(state);
  return text.length <= MAX_CHARACTERS ? text : undefined;
}
