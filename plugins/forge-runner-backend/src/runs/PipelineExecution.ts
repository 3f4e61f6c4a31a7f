import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DiscoveryService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { StageLog } from '../logs/StageLog';
import { ProcessLauncher } from '../processes/ProcessLauncher';
import { PipelineReporter, Result } from '../reports/PipelineReporter';
import { EntityFinder } from '../repositories/EntityFinder';
import { ForgeClient } from '../repositories/ForgeClient';
import { RepositoryRow } from '../repositories/RepositoryStore';
import { Services } from '../services/Services';
import { checkScript } from './checkScript';
import { checkoutCommand } from './checkoutCommand';
import {
  networkEnvironment,
  packageEnvironment,
  toolEnvironment,
} from './environment';
import { Layout, SOURCE } from './Layout';
import { PipelineCredentials } from './PipelineCredentials';
import { RunRow, RunStore, StageRow } from './RunStore';
import { StageFailure, StageNotRun } from './StageFailure';
import {
  AUDIT,
  BUILD,
  CHECKOUT,
  INSTALL,
  REPORT,
  STAGES,
  START,
  StageDefinition,
} from './stageList';

/** Milliseconds a stage may take to end after it was cancelled. */
const GRACE_MS = 3000;

/** What the stages of one run share. */
interface Context {
  repository: RepositoryRow;
  run: RunRow;
  folder: string;
  /** The files in `ci/`. */
  scripts: Set<string>;
  signal: AbortSignal;
}

/**
 * How a run ended.
 *
 * @internal
 */
export interface RunResult {
  state: 'succeeded' | 'failed' | 'cancelled';
  reason?: string;
}

/**
 * Runs the stages of a pipeline, one after the other.
 *
 * @internal
 */
export class PipelineExecution {
  constructor(
    private readonly deps: {
      credentials: PipelineCredentials;
      discovery: DiscoveryService;
      entities: EntityFinder;
      forge: ForgeClient;
      launcher: ProcessLauncher;
      layout: Layout;
      maxLogBytes: number;
      /** Where the stage `audit` asks; undefined for where its script does. */
      osvUrl?: string;
      reporter: PipelineReporter;
      runs: RunStore;
      services: Services;
    },
  ) {}

  /** @throws Error when the runner itself fails, and no stage */
  async execute(
    repository: RepositoryRow,
    run: RunRow,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const { forge, layout, reporter, runs } = this.deps;
    const folder = layout.build(repository.id, run.number);
    await rm(folder, { recursive: true, force: true });
    const scripts = new Set(
      await forge.listFolder(repository.name, 'ci', run.commit_id),
    );
    const context: Context = { repository, run, folder, scripts, signal };
    await runs.setStages(run.id, planOf(scripts));
    await reporter.runStarted(repository, run);

    let failure: string | undefined;
    for (const stage of STAGES) {
      if (signal.aborted) {
        break;
      }
      // Too little coverage is reported as well: that is when it matters
      if (isPlanned(stage, scripts) && (!failure || stage.name === REPORT)) {
        const problem = await this.#runStage(context, stage.name);
        failure ??= problem && `${stage.name}: ${problem}`;
      }
    }
    await runs.moveStages(run.id, 'waiting', { state: 'skipped' });
    if (signal.aborted) {
      return { state: 'cancelled', reason: String(signal.reason) };
    }
    return failure
      ? { state: 'failed', reason: failure }
      : { state: 'succeeded' };
  }

  /** @returns why it failed; undefined when it did not */
  async #runStage(context: Context, name: string): Promise<string | undefined> {
    const { reporter, runs } = this.deps;
    const { repository, run, signal } = context;
    const update = (change: Partial<StageRow>) =>
      runs.updateStage(run.id, name, change);

    await update({ state: 'running', started_at: Date.now(), has_log: true });
    await reporter.stageStarted(repository, run, name);
    let result: Result = { outcome: 'success' };
    let state: StageRow['state'] = 'passed';
    let reason: string | undefined;
    try {
      await this.#perform(context, name);
      if (name === BUILD) {
        await reporter.built(repository, run);
      }
    } catch (error) {
      if (error instanceof StageNotRun) {
        state = 'not-run';
      } else if (signal.aborted) {
        state = 'cancelled';
        result = { outcome: 'cancel' };
      } else if (error instanceof StageFailure) {
        state = 'failed';
        result = { outcome: 'failure', errors: error.message };
      } else {
        await update({ state: 'failed', finished_at: Date.now() });
        throw error;
      }
      reason = toError(error).message;
    }
    await update({
      state,
      reason: reason ?? null,
      finished_at: Date.now(),
    });
    await reporter.stageFinished(repository, run, name, result);
    return state === 'failed' ? reason : undefined;
  }

  async #perform(context: Context, name: string): Promise<void> {
    const { deps } = this;
    const { repository, run, signal } = context;
    switch (name) {
      case CHECKOUT: {
        const url = await deps.forge.cloneUrl(repository.name);
        const { command, env } = checkoutCommand(url, run.commit_id);
        return this.#launch(context, name, { command, env });
      }
      case INSTALL:
        return this.#install(context);
      case AUDIT: {
        const { osvUrl } = deps;
        await this.#check(context, name);
        return this.#launch(context, name, {
          script: name,
          env: { ...networkEnvironment(), ...(osvUrl && { OSV_URL: osvUrl }) },
        });
      }
      case REPORT:
        return this.#report(context);
      case START: {
        const log = this.#log(context, name);
        try {
          await this.#check(context, name);
          log.note('Its output is in the log of the service');
          await deps.services.deploy(repository, run, { signal });
          log.note('It is ready, and has taken over');
        } catch (error) {
          log.note(toError(error).message);
          throw error instanceof StageFailure
            ? error
            : new StageFailure(toError(error).message, { cause: error });
        } finally {
          log.close();
        }
        return undefined;
      }
      default:
        await this.#check(context, name);
        return this.#launch(context, name, { script: name });
    }
  }

  async #install(context: Context): Promise<void> {
    const env = await packageEnvironment();
    if (context.scripts.has(INSTALL)) {
      await this.#check(context, INSTALL);
      return this.#launch(context, INSTALL, { script: INSTALL, env });
    }
    const lock = join(context.folder, SOURCE, 'package-lock.json');
    if (!(await stat(lock).catch(() => undefined))) {
      throw new StageNotRun('There is nothing to install');
    }
    // As the workflow of earlier versions of the golden path does
    const command = ['npm', 'ci', '--ignore-scripts'];
    return this.#launch(context, INSTALL, { command, env });
  }

  async #report(context: Context): Promise<void> {
    const { credentials, discovery, entities } = this.deps;
    const { repository, run } = context;
    const entityRef = await entities.entityOf(repository.id, { fresh: true });
    if (!entityRef) {
      throw new StageNotRun(
        'There is no component in the catalog that comes from this repository',
      );
    }
    const answer = await credentials.tokenOf(repository, entityRef);
    if ('problem' in answer) {
      throw new StageNotRun(answer.problem);
    }
    await this.#check(context, REPORT);
    const api = await discovery.getBaseUrl('scorecards');
    await this.#launch(context, REPORT, {
      script: REPORT,
      env: {
        WAYMARK_URL: api.replace(/\/api\/scorecards$/, ''),
        WAYMARK_TOKEN: answer.token,
        WAYMARK_SOURCE: `${repository.url}/commit/${run.commit_id}`,
      },
      secrets: [answer.token],
    });
  }

  async #check({ folder }: Context, name: string): Promise<void> {
    const problem = await checkScript(join(folder, SOURCE), name);
    if (problem) {
      throw new StageFailure(problem);
    }
  }

  async #launch(
    context: Context,
    name: string,
    what: ({ script: string } | { command: string[] }) & {
      env?: Record<string, string>;
      secrets?: string[];
    },
  ): Promise<void> {
    const { folder, repository, signal } = context;
    const { env = {}, secrets, ...command } = what;
    const log = this.#log(context, name, secrets);
    try {
      const tools = await toolEnvironment(
        this.deps.layout.caches(repository.id),
      );
      const process = await this.deps.launcher.start({
        kind: 'stage',
        folder,
        env: { ...tools, ...env },
        onOutput: log.write,
        ...command,
      });
      const cancel = () => {
        process
          .end({ graceMs: GRACE_MS, reason: String(signal.reason) })
          .catch(error => log.note(String(error)));
      };
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) {
        cancel();
      }
      const { problem, leftBehind } = await process.ended;
      signal.removeEventListener('abort', cancel);
      if (leftBehind > 0) {
        log.note(`${leftBehind} processes that it left behind were ended`);
      }
      if (problem) {
        log.note(problem);
        throw new StageFailure(problem);
      }
    } finally {
      log.close();
    }
  }

  #log({ repository, run }: Context, name: string, secrets?: string[]) {
    return new StageLog({
      path: this.deps.layout.stageLog(repository.id, run.number, name),
      maxBytes: this.deps.maxLogBytes,
      secrets,
    });
  }
}

/** The stages as they are before the first one runs. */
function planOf(
  scripts: Set<string>,
): Pick<StageRow, 'name' | 'state' | 'reason'>[] {
  return STAGES.filter(({ name }) => isNamed(name, scripts)).map(stage => {
    const missing =
      stage.name === START && !scripts.has(START)
        ? 'There is no ci/start, so nothing is deployed'
        : undefined;
    const reason = stage.notRun ?? missing;
    return {
      name: stage.name,
      state: reason ? 'not-run' : 'waiting',
      reason: reason ?? null,
    };
  });
}

/** Whether a stage is told of. */
function isNamed(name: string, scripts: Set<string>): boolean {
  return [CHECKOUT, INSTALL, START].includes(name) || scripts.has(name);
}

/** Whether a stage can be run here. */
function isPlanned(stage: StageDefinition, scripts: Set<string>): boolean {
  return (
    !stage.notRun &&
    isNamed(stage.name, scripts) &&
    (stage.name !== START || scripts.has(START))
  );
}
