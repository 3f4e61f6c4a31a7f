import { firstStepsOf } from './firstSteps.mjs';
import { previewsOf } from './previewsOf.mjs';
import { releasesOf } from './releases.mjs';
import { newServices, previews, services, tickets } from './services.mjs';
import { ticketsOf } from './ticketsOf.mjs';

/**
 * What happened at Kestrelvale Rail: a year before the day on which somebody first
 * looked at it, and everything since. Another day adds to it and changes nothing of
 * what was there: events have the same ids and contents whenever they are made.
 *
 * @param {object} options
 * @param {string} options.anchor that day, `YYYY-MM-DD`
 * @param {Date} options.until nothing happens after it
 * @returns {object[]} CloudEvents, those of a service one after the other
 */
export function sampleYear({ anchor, until }) {
  const span = { anchor, until: until.getTime() };
  const compare = (a, b) => Number(a > b) - Number(a < b);
  return [
    ...newServices.flatMap(service => firstStepsOf(service, span)),
    ...services.flatMap(service => releasesOf(service, span)),
    ...previewsOf(previews, span),
    ...ticketsOf(tickets, newServices, span),
  ]
    .filter(({ time }) => Date.parse(time) <= span.until)
    .sort(
      (a, b) => compare(a.entityref, b.entityref) || compare(a.time, b.time),
    );
}
