import { servicePath } from '../lib/service-path.mjs';

/** The golden path `templates/react-frontend`. */
export const path = servicePath({
  name: 'react-frontend',
  example: 'seat-plans',
  toolchains: { node: '22' },
  promised: [
    'package-lock.json',
    'slo/get-config.yaml',
    'slo/get-page.yaml',
    'slo/report-client-error.yaml',
    'web/index.html',
  ],
  descriptions: files => ({
    'openapi.yaml': files.yaml('openapi.yaml')[0].info.description,
    'package.json': files.json('package.json').description,
  }),
  project: {
    reports: [
      'coverage/lcov.info',
      'coverage/coverage-summary.json',
      'coverage/cobertura-coverage.xml',
      'reports/junit.xml',
      'reports/junit-page.xml',
    ],
    example: {
      path: '/config.json',
      answer: {
        name: 'seat-plans',
        description: 'Knows which seats of a train are taken.',
        version: '0.1.0',
        environment: 'local',
      },
    },
  },
});
