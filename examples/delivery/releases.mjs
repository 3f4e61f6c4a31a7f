import { daysOf, HOUR, phaseOf } from './calendar.mjs';
import { chance } from './random.mjs';
import { Release } from './Release.mjs';

const DAYS_OF_WORK = 5;

/** Everything that happens around the releases of a service. */
export function releasesOf(service, { anchor, until }) {
  const plan = planReleases(service, { anchor, until });
  const beforeAnchor = plan.filter(({ day }) => day.number < 0).length;
  const version = versions(service.version, beforeAnchor);
  let lastMerge = 0;
  return plan.flatMap((release, index) => {
    const made = new Release({
      service,
      ...release,
      version: version(index),
      previous: version(index - 1),
      mergedAfter: lastMerge,
    });
    lastMerge = made.lastMerge;
    return made.events;
  });
}

function planReleases(service, { anchor, until }) {
  const plan = [];
  for (const day of daysOf({ anchor, until })) {
    const phase = phaseOf(service.phases, day.week);
    if (!phase || !day.isWorkday) {
      continue;
    }
    const random = chance(service.name, 'releases', day.name);
    const count = random.count(phase.perWeek / DAYS_OF_WORK);
    for (let number = 0; number < count; number++) {
      const hour = 8 + ((number + random.next()) * 8) / count;
      plan.push({
        day,
        phase,
        at: day.start + hour * HOUR,
        key: `${service.name} ${day.name} ${number}`,
      });
    }
  }
  return plan;
}

/** So counted that the last one before the sample began is the one of its facts. */
function versions([major, minor, patch], count) {
  const minors = Math.max(12, minor + 1);
  const last = (major * minors + minor) * 10 + patch;
  return index => {
    const number = Math.max(0, last - (count - 1) + index);
    const part = Math.floor(number / 10);
    return [Math.floor(part / minors), part % minors, number % 10].join('.');
  };
}
