/**
 * What is opened, and when it has something to say: `data` is the request (a part of
 * its address below `/api/`) from which on time counts, `content` what is there when
 * the reader has what was asked for, as a selector. What is `everything` is open only
 * to those who see more than what their squads own.
 */
const scorecard = '/scorecards/default/scorecard-3';
const service = '/catalog/default/component/service-4217';
/** Of a scorecard, or of a rule of the service. */
const link =
  'a[href*="/scorecards/default/scorecard-"], a[href*="scorecards?scorecard="]';
const row = 'table a[href*="/component/service-"]';

export const screens = [
  {
    title: 'index of scorecards',
    path: '/scorecards/list',
    data: 'scorecards/scorecards',
    content: link,
  },
  {
    title: 'overview',
    path: `${scorecard}/overview`,
    data: 'scorecards/reports/',
    content: 'a[href*="rule="]',
  },
  {
    title: 'services',
    path: `${scorecard}/services`,
    data: '/results',
    content: row,
  },
  {
    title: 'services by score',
    path: `${scorecard}/services?sort=-score`,
    data: '/results',
    content: row,
  },
  {
    title: 'services that fail a rule, of a squad',
    path: `${scorecard}/services?rule=rule-2&outcome=fail&owner=group:default/squad-3`,
    data: '/results',
    content: row,
  },
  {
    title: 'services by a part of their name',
    path: `${scorecard}/services?search=421`,
    data: '/results',
    content: row,
  },
  {
    title: 'services as of today',
    path: `${scorecard}/services?asOf=${new Date().toISOString().slice(0, 10)}`,
    data: '/results',
    content: row,
  },
  {
    title: 'heat map by group',
    path: `${scorecard}/heat-map`,
    data: '/reports/heatmap',
    content: 'table tbody td',
  },
  {
    title: 'heat map by system',
    path: `${scorecard}/heat-map?by=system`,
    data: '/reports/heatmap',
    content: 'table tbody td',
  },
  {
    title: 'rules',
    path: `${scorecard}/rules`,
    data: '/reports/rules',
    content: 'h3',
  },
  {
    title: 'dashboard',
    path: '/scorecards/dashboard',
    data: 'scorecards/reports/',
    content: 'a[href*="/services?"]',
  },
  {
    title: 'a service: its tab',
    path: `${service}/scorecards`,
    data: 'scorecards/entities/',
    content: link,
  },
  {
    title: 'a service: its card',
    path: service,
    data: 'scorecards/entities/',
    content: link,
  },
  {
    title: 'a department: its card',
    path: '/catalog/default/group/department-3',
    everything: true,
    data: 'scorecards/reports/',
    content: link,
  },
];
