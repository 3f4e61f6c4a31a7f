import {
  AuditorService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { stringifyError, toError } from '@backstage/errors';
import { Alarm } from '@waymark/backend-support';
import { redact } from '../scaffolderRuns/redact';
import { ScaffolderRunStore } from '../scaffolderRuns/ScaffolderRunStore';
import { checkRepository } from './checkRepository';
import { GeneratedCommits } from './GeneratedCommits';
import { ProvenanceStore, TakenRepository } from './ProvenanceStore';
import { repositoryOf } from './repositoryUrls';
import { TemplateVersions } from './TemplateVersions';

/** Repositories that are read at a time on each replica. */
const CONCURRENCY = 4;
const LOOK_MS = 1_000;
const TIMEOUT_MS = 2 * 60_000;

/**
 * Looks at the repositories that are due in this process, until it is stopped.
 *
 * @internal
 */
export class ProvenanceWatcher {
  readonly #alarm = new Alarm();
  readonly #auditor: AuditorService;
  readonly #generated: GeneratedCommits;
  readonly #logger: LoggerService;
  readonly #onChange: (entityId: number) => Promise<void>;
  readonly #reader: UrlReaderService;
  readonly #runs: ScaffolderRunStore;
  readonly #stopping = new AbortController();
  readonly #store: ProvenanceStore;
  readonly #versions: TemplateVersions;
  #loop?: Promise<void>;

  constructor(options: {
    auditor: AuditorService;
    generated: GeneratedCommits;
    logger: LoggerService;
    /** Called after something about an entity was written. */
    onChange: (entityId: number) => Promise<void>;
    reader: UrlReaderService;
    runs: ScaffolderRunStore;
    store: ProvenanceStore;
    versions: TemplateVersions;
  }) {
    this.#auditor = options.auditor;
    this.#generated = options.generated;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
    this.#reader = options.reader;
    this.#runs = options.runs;
    this.#store = options.store;
    this.#versions = options.versions;
  }

  start(): void {
    this.#loop = this.#run();
  }

  wake(): void {
    this.#alarm.ring();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let isBusy = false;
      try {
        const taken = await this.#store.takeDue(CONCURRENCY);
        await Promise.all(taken.map(repository => this.#look(repository)));
        isBusy = taken.length > 0;
      } catch (error) {
        this.#logger.warn(
          `Repositories cannot be looked at at present: ${stringifyError(
            error,
          )}`,
        );
      }
      if (!isBusy && !signal.aborted) {
        await this.#alarm.sleep(LOOK_MS);
      }
    }
  }

  async #look(taken: TakenRepository): Promise<void> {
    const { entityId, entityRef, root, etag } = taken;
    const signal = AbortSignal.any([
      this.#stopping.signal,
      AbortSignal.timeout(TIMEOUT_MS),
    ]);
    try {
      const found = await checkRepository({
        reader: this.#reader,
        root,
        entityRef,
        etag,
        rulesOf: ref => this.#versions.rules(ref),
        runOf: taskId => this.#runs.find(taskId),
        generatedOf: url => this.#generated.of(url, { signal }),
        isDelivered: service =>
          this.#generated.isDelivered({ ...service, signal }),
        signal,
      });
      const { provenance, problems = [] } = found ?? {};
      const written = await this.#store.write(taken, found);
      if (written && provenance?.run && problems.length === 0) {
        await this.#runs.learn({
          taskId: provenance.run,
          entityRef,
          repositoryUrl: repositoryOf(root),
        });
      }
      if (written && found) {
        await this.#onChange(entityId);
      }
      // Nobody has decided that: it is only seen
      for (const path of written?.ended ?? []) {
        const event = await this.#auditor.createEvent({
          eventId: 'deviation-end',
          severityLevel: 'low',
          meta: { entityRef, path },
        });
        await event.success();
      }
    } catch (error) {
      const message = redact(toError(error).message);
      this.#logger.debug(`${root} could not be looked at: ${message}`);
      await this.#store.fail(taken, message);
    }
  }
}
