import { servicePath } from '../lib/service-path.mjs';

/** The golden path `templates/node-api`. */
export const path = servicePath({
  name: 'node-api',
  example: 'seat-maps',
  toolchains: { node: '22' },
  promised: ['package-lock.json', 'slo/get-greeting.yaml'],
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
    ],
    example: {
      path: '/v1/greetings/Ada',
      answer: { message: 'Hello, Ada!', language: 'en' },
    },
  },
});
