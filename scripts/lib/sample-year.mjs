import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sampleYear } from '../../examples/delivery/year.mjs';
import { guestToken } from './readiness.mjs';

/** What happened at the sample organisation, sent as any pipeline sends it. */

const BATCH = 100;
const ATTEMPTS = 6;

/** From which day on the year is told, and until when it has been. */
const recordFile = dataDir => path.join(dataDir, 'sample-year.json');

/** So that it is told anew: the portal forgets it with the rest of the sample. */
export function forgetSampleYear(dataDir) {
  rmSync(recordFile(dataDir), { force: true });
}

/**
 * Tells a running portal what happened since it was told last; the first time, all of
 * the year. Interrupted, it begins again: the portal takes each event once.
 *
 * @param {object} options
 * @param {string} options.url
 * @param {string} options.dataDir
 * @param {Date} [options.now]
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<number>} how many events were sent
 */
export async function sendSampleYear({
  url,
  dataDir,
  now = new Date(),
  signal,
}) {
  const { anchor = now.toISOString().slice(0, 10), until } =
    readRecord(dataDir) ?? {};
  // Even if it is interrupted: the stories of the year hang on it
  writeRecord(dataDir, { anchor, until });
  const isKnown = until
    ? ids(sampleYear({ anchor, until: new Date(until) }))
    : new Set();
  const events = sampleYear({ anchor, until: now }).filter(
    event => !isKnown.has(idOf(event)),
  );

  const send = sender(url, signal);
  for (let first = 0; first < events.length; first += BATCH) {
    await send(events.slice(first, first + BATCH));
  }
  writeRecord(dataDir, { anchor, until: now.toISOString() });
  return events.length;
}

/**
 * The same beside whatever else goes on; says so only when it did not succeed.
 *
 * @param {Parameters<typeof sendSampleYear>[0]} options
 */
export async function tellSampleYear(options) {
  try {
    await sendSampleYear(options);
  } catch (error) {
    if (!options.signal?.aborted) {
      console.error(
        `The sample lacks some of its deliveries; the next start goes on: ${error.message}`,
      );
    }
  }
}

function readRecord(dataDir) {
  try {
    return JSON.parse(readFileSync(recordFile(dataDir), 'utf8'));
  } catch {
    // Never told, or forgotten since
    return undefined;
  }
}

function writeRecord(dataDir, record) {
  writeFileSync(recordFile(dataDir), `${JSON.stringify(record)}\n`);
}

const idOf = ({ source, id }) => `${source} ${id}`;
const ids = events => new Set(events.map(idOf));

/** A portal that has just started may still be busy: it is asked again. */
function sender(url, signal) {
  let token;
  const post = async events => {
    token ??= await guestToken(url);
    const response = await fetch(`${url}/api/golden-paths/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/cloudevents-batch+json',
      },
      body: JSON.stringify(events),
      signal,
    });
    const text = await response.text();
    if (response.status === 401) {
      token = undefined;
    }
    if (!response.ok) {
      throw new Error(`the portal answers ${response.status}: ${text}`);
    }
    const refused = JSON.parse(text).items.find(({ error }) => error);
    if (refused) {
      throw new RefusedError(refused.error.message);
    }
  };
  return async events => {
    for (let attempt = 1; ; attempt++) {
      try {
        await post(events);
        return;
      } catch (error) {
        if (
          error instanceof RefusedError ||
          signal?.aborted ||
          attempt === ATTEMPTS
        ) {
          throw error;
        }
        await new Promise(resolve => setTimeout(resolve, 250 * 2 ** attempt));
      }
    }
  };
}

class RefusedError extends Error {}
