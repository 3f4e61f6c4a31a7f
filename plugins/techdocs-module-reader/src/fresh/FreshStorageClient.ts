import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { TechDocsStorageClient } from '@backstage/plugin-techdocs';
import { SyncResult } from '@backstage/plugin-techdocs-react';

interface Check {
  lines: string[];
  listeners: Set<(line: string) => void>;
  result: Promise<SyncResult>;
  endedAt?: number;
  /** Whether a page was handed out without waiting for the end. */
  hasOlderPage: boolean;
}

/**
 * How long a page is held back for a new one. Whoever waits longer is shown what
 * there is, and the reader offers the new one when it has come.
 */
const PATIENCE_MS = 4000;

/** From page to page of one site nothing is asked again. */
const CHECKED_FOR_MS = 3000;

const wait = (ms: number) =>
  new Promise<undefined>(resolve => setTimeout(resolve, ms, undefined));

/**
 * Fetches pages after the backend has said that they are as new as their
 * repository. The stock client fetches them at the same time as it asks, so that
 * the first sight of a changed page is its old text.
 */
export class FreshStorageClient extends TechDocsStorageClient {
  readonly #checks = new Map<string, Check>();

  override async getEntityDocs(
    entity: CompoundEntityRef,
    path: string,
  ): Promise<string> {
    const check = this.#check(entity);
    const hasEnded = await Promise.race([
      check.result.then(
        () => true,
        // Whoever asked for the check is told
        () => true,
      ),
      wait(PATIENCE_MS),
    ]);
    if (!hasEnded) {
      check.hasOlderPage = true;
    }
    return super.getEntityDocs(entity, path);
  }

  override async syncEntityDocs(
    entity: CompoundEntityRef,
    onLine: (line: string) => void = () => {},
  ): Promise<SyncResult> {
    const check = this.#check(entity);
    check.lines.forEach(onLine);
    check.listeners.add(onLine);
    try {
      const result = await check.result;
      // What was handed out afterwards is the new page already
      return check.hasOlderPage ? result : 'cached';
    } finally {
      check.listeners.delete(onLine);
    }
  }

  /** The check that goes on, or has just ended; else a new one. */
  #check(entity: CompoundEntityRef): Check {
    const ref = stringifyEntityRef(entity);
    const last = this.#checks.get(ref);
    if (last && Date.now() - (last.endedAt ?? Infinity) < CHECKED_FOR_MS) {
      return last;
    }
    const check: Check = {
      lines: [],
      listeners: new Set(),
      hasOlderPage: false,
      result: super.syncEntityDocs(entity, line => {
        check.lines.push(line);
        check.listeners.forEach(listener => listener(line));
      }),
    };
    const end = () => {
      check.endedAt = Date.now();
    };
    check.result.then(end, end);
    this.#checks.set(ref, check);
    return check;
  }
}
