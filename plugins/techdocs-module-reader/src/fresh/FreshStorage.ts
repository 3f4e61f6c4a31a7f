import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  SyncResult,
  TechDocsStorageApi,
} from '@backstage/plugin-techdocs-react';

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
export class FreshStorage implements TechDocsStorageApi {
  readonly #checks = new Map<string, Check>();
  readonly #patienceMs: number;
  readonly #storage: TechDocsStorageApi;

  constructor(options: {
    /** How long a page is held back for a new one; 4 seconds by default. */
    patienceMs?: number;
    /** Fetches pages and asks for checks. */
    storage: TechDocsStorageApi;
  }) {
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#storage = options.storage;
  }

  getApiOrigin(): Promise<string> {
    return this.#storage.getApiOrigin();
  }

  getBaseUrl(
    ...options: Parameters<TechDocsStorageApi['getBaseUrl']>
  ): Promise<string> {
    return this.#storage.getBaseUrl(...options);
  }

  getBuilder(): Promise<string> {
    return this.#storage.getBuilder();
  }

  getStorageUrl(): Promise<string> {
    return this.#storage.getStorageUrl();
  }

  async getEntityDocs(
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
      wait(this.#patienceMs),
    ]);
    if (!hasEnded) {
      check.hasOlderPage = true;
    }
    return this.#storage.getEntityDocs(entity, path);
  }

  async syncEntityDocs(
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
    const lines: Check['lines'] = [];
    const listeners: Check['listeners'] = new Set();
    const check: Check = {
      lines,
      listeners,
      hasOlderPage: false,
      result: this.#storage.syncEntityDocs(entity, line => {
        lines.push(line);
        listeners.forEach(listener => listener(line));
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
