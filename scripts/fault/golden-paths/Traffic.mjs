import { delivery } from '../../bench/golden-paths/history.mjs';
import { SERVICES } from './company.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const pick = length => Math.floor(Math.random() * length);
const HOUR_MS = 3_600_000;

const identity = ({ source, id }) => JSON.stringify([source, id]);

/**
 * Reports events through whichever replica there is, and remembers which were said to
 * be accepted. Those a replica died over are sent again until they are, as a pipeline
 * does.
 */
export class Traffic {
  #number = 0;
  #replicas;
  #running = false;
  #tokens = new Map();
  #workers = [];
  /** By source and id. */
  accepted = new Map();
  cut = 0;
  refused = [];
  duplicates = 0;

  /** @param {{ replicas: () => object[] }} options */
  constructor({ replicas }) {
    this.#replicas = replicas;
  }

  start() {
    this.#running = true;
    this.#workers = [0, 1, 2].map(() => this.#work());
  }

  async stop() {
    this.#running = false;
    await Promise.all(this.#workers);
  }

  async #work() {
    while (this.#running) {
      const events = this.next();
      while (!(await this.send(events, this.#any())) && this.#running) {
        await sleep(200);
      }
      await sleep(20);
    }
  }

  #any() {
    const replicas = this.#replicas();
    return replicas[pick(replicas.length)];
  }

  /** One delivery of some service, told in a wrong order. */
  next() {
    this.#number += 1;
    return delivery({
      service: pick(SERVICES),
      number: this.#number,
      start: Date.now() - (48 + pick(24 * 60)) * HOUR_MS,
    }).sort(() => Math.random() - 0.5);
  }

  /** @returns whether all of them were accepted */
  async send(events, replica) {
    if (!replica) {
      return false;
    }
    let answer;
    try {
      const response = await fetch(`${replica.url}/api/golden-paths/events`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await this.#tokenOf(replica)}`,
          'content-type': 'application/cloudevents-batch+json',
        },
        body: JSON.stringify(events),
        signal: AbortSignal.timeout(30_000),
      });
      answer = response.ok ? await response.json() : undefined;
    } catch {
      // It was killed over this, or has no database
    }
    if (!answer) {
      this.cut += events.length;
      return false;
    }
    events.forEach((event, index) => {
      const { status } = answer.items[index];
      if (status === 'rejected') {
        this.refused.push(answer.items[index]);
        return;
      }
      this.duplicates += status === 'duplicate' ? 1 : 0;
      this.accepted.set(identity(event), event);
    });
    return true;
  }

  /** All that was accepted, once more. */
  async sendAgain() {
    const all = [...this.accepted.values()];
    for (let start = 0; start < all.length; start += 100) {
      await this.send(all.slice(start, start + 100), this.#any());
    }
  }

  async #tokenOf(replica) {
    if (!this.#tokens.has(replica)) {
      this.#tokens.set(replica, await replica.ask('observer'));
    }
    return this.#tokens.get(replica);
  }
}
