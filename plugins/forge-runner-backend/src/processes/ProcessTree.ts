import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessEntry, ProcessTable } from './ProcessTable';

/** How long killing may take until it is given up, in milliseconds. */
const KILL_MS = 15_000;

/**
 * Everything that came from one process: what descends from it, and what left it
 * (a daemon that forked twice, in a session of its own) and is known by the mark in
 * its environment or because it was seen as a descendant before.
 *
 * @internal
 */
export class ProcessTree {
  readonly #leader: number;
  readonly #mark: string;
  readonly #table: ProcessTable;
  /** Those that were found once, by their id. */
  readonly #members = new Map<number, string>();
  /** Those that were looked at and are others'. */
  #others = new Map<number, string>();

  constructor(options: { leader: number; mark: string; table: ProcessTable }) {
    this.#leader = options.leader;
    this.#mark = options.mark;
    this.#table = options.table;
  }

  /** Those that live now. */
  async members(): Promise<ProcessEntry[]> {
    const entries = await this.#table.list();
    const byPid = new Map(entries.map(entry => [entry.pid, entry]));
    for (const [pid, started] of this.#members) {
      if (byPid.get(pid)?.started !== started) {
        this.#members.delete(pid);
      }
    }
    const others = new Map<number, string>();
    await Promise.all(
      entries.map(async ({ pid, started }) => {
        if (this.#members.has(pid)) {
          return;
        }
        const isOther =
          this.#others.get(pid) === started ||
          !(
            pid === this.#leader ||
            (await this.#table.markOf(pid)) === this.#mark
          );
        if (isOther) {
          others.set(pid, started);
        } else {
          this.#members.set(pid, started);
        }
      }),
    );
    this.#addDescendants(entries, others);
    this.#others = others;
    return entries.filter(({ pid }) => this.#members.has(pid));
  }

  /** Asks all of them to end but the first, which only waits for the others. */
  async terminate(): Promise<void> {
    for (const { pid } of await this.members()) {
      if (pid !== this.#leader) {
        send(pid, 'SIGTERM');
      }
    }
  }

  /**
   * Ends all of them, those that go on forking too.
   *
   * @returns how many there were when it began
   * @throws Error when some cannot be ended
   */
  async kill(): Promise<number> {
    const deadline = Date.now() + KILL_MS;
    // Before anything is counted: with the group most of those go who fork for ever,
    // and with the first process of a namespace all do
    send(-this.#leader, 'SIGKILL');
    const count = await this.#killOnce();
    let last = count;
    while (last > 0) {
      if (Date.now() > deadline) {
        throw new Error(`${last} processes could not be ended`);
      }
      await sleep(20);
      last = await this.#killOnce();
    }
    return count;
  }

  async #killOnce(): Promise<number> {
    const members = await this.members();
    // A group ends in one step, so that those who fork cannot outrun it. None of
    // these groups is the portal's: the first process began a session of its own
    for (const group of new Set(members.map(member => member.group))) {
      send(-group, 'SIGKILL');
    }
    for (const { pid } of members) {
      send(pid, 'SIGKILL');
    }
    return members.length;
  }

  /** What descends from a member is one, even if it has wiped its environment. */
  #addDescendants(entries: ProcessEntry[], others: Map<number, string>): void {
    for (let found = true; found; ) {
      found = false;
      for (const { pid, parent, started } of entries) {
        if (!this.#members.has(pid) && this.#members.has(parent)) {
          this.#members.set(pid, started);
          others.delete(pid);
          found = true;
        }
      }
    }
  }
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // Gone by now
  }
}
