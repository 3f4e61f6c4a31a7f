import { FACTS, SERVICES, refOf, service } from './company.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const pick = length => Math.floor(Math.random() * length);

/**
 * Pushes facts and changes the catalog, through whichever replica there is, and
 * remembers what was said to be taken. What a replica died over may have been taken
 * or not: both are right, but nothing else is.
 */
export class Traffic {
  #replicas;
  #token;
  #running = false;
  #workers = [];
  #latest = 0;
  /** By entity and fact: what holds, and what may hold instead. */
  #facts = new Map();
  /** By entity, likewise. */
  #lifecycles = new Map();
  accepted = 0;
  cut = 0;
  changes = 0;

  /**
   * @param {{ replicas: () => object[], token: () => Promise<string | undefined> }} options
   */
  constructor({ replicas, token }) {
    this.#replicas = replicas;
    this.#token = token;
  }

  start() {
    this.#running = true;
    this.#workers = [this.#push(0), this.#push(1), this.#change()];
  }

  async stop() {
    this.#running = false;
    await Promise.all(this.#workers);
  }

  #any() {
    const replicas = this.#replicas();
    return replicas[pick(replicas.length)];
  }

  /** Each worker has services of its own: what it observes comes in order. */
  async #push(worker) {
    while (this.#running) {
      const facts = Array.from({ length: 1 + pick(20) }, () => ({
        entityRef: refOf(pick(SERVICES / 2) * 2 + worker),
        name: FACTS[pick(FACTS.length)],
        value: pick(100),
        observedAt: new Date(this.#time()).toISOString(),
        source: 'https://ci.example/fault',
      }));
      await this.#send(facts);
      await sleep(20);
    }
  }

  /** Never the same twice: the later one wins. */
  #time() {
    this.#latest = Math.max(this.#latest + 1, Date.now());
    return this.#latest;
  }

  async #send(facts) {
    const replica = this.#any();
    const token = await this.#token();
    if (!replica || !token) {
      return;
    }
    let answer;
    try {
      const response = await fetch(`${replica.url}/api/scorecards/facts`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ facts }),
        signal: AbortSignal.timeout(30_000),
      });
      answer = response.ok ? await response.json() : undefined;
    } catch {
      // It was killed over this, or has no database
    }
    if (!answer) {
      await sleep(200);
    }
    facts.forEach(({ entityRef, name, value }, index) => {
      const key = `${entityRef} ${name}`;
      const status = answer?.items[index].status;
      if (status === 'accepted') {
        this.accepted += 1;
        this.#facts.set(key, [value]);
      } else if (!answer) {
        this.cut += 1;
        this.#facts.set(key, [...(this.#facts.get(key) ?? [undefined]), value]);
      }
    });
  }

  async #change() {
    while (this.#running) {
      const index = pick(SERVICES);
      const lifecycle = ['production', 'experimental'][pick(2)];
      const before = this.#lifecycles.get(index) ?? ['production'];
      try {
        await this.#any().ask('change', { added: [service(index, lifecycle)] });
        this.#lifecycles.set(index, [lifecycle]);
        this.changes += 1;
      } catch {
        this.#lifecycles.set(index, [...before, lifecycle]);
      }
      await sleep(200);
    }
  }

  /** The values that a fact may have now. */
  possibleValues(index, name) {
    return this.#facts.get(`${refOf(index)} ${name}`) ?? [undefined];
  }

  possibleLifecycles(index) {
    return this.#lifecycles.get(index) ?? ['production'];
  }
}
