import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { baseEnvironment } from '../runs/environment';
import { SOURCE } from '../runs/Layout';
import { ProcessIsolation } from './Isolation';
import { Limits } from './Limits';
import { stageMark } from './Mark';
import { ProcessTable } from './ProcessTable';
import { SupervisedProcess } from './SupervisedProcess';
import { Watchdog } from './Watchdog';

/**
 * Starts what comes from repositories, always in the same way.
 *
 * @internal
 */
export class ProcessLauncher {
  readonly isolation: ProcessIsolation;
  readonly #limits: { stage: Limits; service: Limits };
  readonly #owner: string;
  readonly #table: ProcessTable;
  readonly #watchdog: Watchdog;

  constructor(options: {
    isolation: ProcessIsolation;
    limits: { stage: Limits; service: Limits };
    owner: string;
    table: ProcessTable;
    watchdog: Watchdog;
  }) {
    this.isolation = options.isolation;
    this.#limits = options.limits;
    this.#owner = options.owner;
    this.#table = options.table;
    this.#watchdog = options.watchdog;
  }

  /**
   * @param options - `folder`: of a run; `script`: in its `ci/`, or `command` for
   * what the runner itself does there; `env`: in addition to what all have
   */
  async start(
    options: {
      kind: 'stage' | 'service';
      folder: string;
      env: Record<string, string>;
      onOutput: (chunk: Buffer) => void;
      ports?: number[];
      look?: { interval: number };
    } & ({ script: string } | { command: string[] }),
  ): Promise<SupervisedProcess> {
    const { kind, folder, env, onOutput, ports, look } = options;
    const base = baseEnvironment(folder);
    const source = join(folder, SOURCE);
    for (const place of [source, base.HOME, base.TMPDIR]) {
      await mkdir(place, { recursive: true, mode: 0o700 });
    }
    this.#watchdog.ensure();
    const mark = stageMark(this.#owner);
    const group = await this.isolation.groups?.create(mark, this.#limits[kind]);
    return SupervisedProcess.start({
      command:
        'script' in options ? [`./ci/${options.script}`] : options.command,
      cwd: source,
      env: { ...base, ...env },
      folder,
      isolation: this.isolation,
      limits: this.#limits[kind],
      look: look ?? { interval: 200 },
      group,
      mark,
      onOutput,
      ports,
      table: this.#table,
    });
  }
}
