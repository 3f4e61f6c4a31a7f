import { daysOf, HOUR, phaseOf } from './calendar.mjs';
import { cloudEvent, sources } from './cdEvents.mjs';
import { chance } from './random.mjs';

const DAYS_OF_WORK = 5;

const questions = {
  access: [
    'May not read the logs of production',
    'A new colleague needs access to the registry',
    'The pipeline may not push its image',
  ],
  problem: [
    'The pipeline hangs while it installs',
    'The deployment says out of sync',
    'The certificate of staging has run out',
  ],
  request: ['A database for a new service', 'A bucket for timetables'],
  question: [
    'Which version of Node do we build with?',
    'How do I roll back?',
    'Where do the alarms go?',
    'How is a secret changed?',
  ],
};

/**
 * What the squads ask the platform team about their services.
 *
 * @param {{ squads: object, phases: object[] }} tickets
 * @param {{ name: string, day: number }[]} newServices
 */
export function ticketsOf(tickets, newServices, { anchor, until }) {
  const events = [];
  const isThere = day => service =>
    newServices.every(({ name, day: made }) => name !== service || made <= day);
  for (const day of daysOf({ anchor, until })) {
    const phase = phaseOf(tickets.phases, day.week);
    if (!day.isWorkday || !phase) {
      continue;
    }
    for (const [squad, all] of Object.entries(tickets.squads)) {
      const services = all.filter(isThere(day.number));
      const random = chance('tickets', squad, day.name);
      const count =
        services.length > 0 ? random.count(phase.perWeek / DAYS_OF_WORK) : 0;
      for (let number = 0; number < count; number++) {
        events.push(...ticket({ random, phase, squad, services, day, number }));
      }
    }
  }
  return events;
}

function ticket({ random, phase, squad, services, day, number }) {
  const category = categoryOf(random.next(), phase);
  const subject = `${squad} ${day.name} ${number}`;
  const summary = random.pick(questions[category]);
  const createdAt = day.start + random.between(7.5, 16.5) * HOUR;
  const uri = `tickets/${subject.replaceAll(' ', '-')}`;
  const common = {
    source: sources.helpDesk,
    entity: random.pick(services),
    subject,
  };
  return [
    cloudEvent({
      ...common,
      id: `${subject} created`,
      type: 'ticket.created',
      at: Math.round(createdAt),
      content: { summary, creator: squad, uri },
      customData: { category, squad: `group:default/${squad}` },
    }),
    cloudEvent({
      ...common,
      id: `${subject} closed`,
      type: 'ticket.closed',
      at: Math.round(createdAt + random.around(20) * HOUR),
      content: { summary, uri, resolution: 'completed' },
    }),
  ];
}

function categoryOf(number, { access, problem, request }) {
  if (number < access) {
    return 'access';
  }
  if (number < access + problem) {
    return 'problem';
  }
  return number < access + problem + request ? 'request' : 'question';
}
