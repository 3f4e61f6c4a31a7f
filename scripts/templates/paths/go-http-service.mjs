import { servicePath } from '../lib/service-path.mjs';

/** The golden path `templates/go-http-service`. */
export const path = servicePath({
  name: 'go-http-service',
  example: 'seat-prices',
  // convert-reports.mjs and what reports to the portal are for Node.js
  toolchains: { go: '1.19', node: '22' },
  promised: [
    '.go-version',
    'ci/convert-reports.mjs',
    'cmd/service/main.go',
    'go.mod',
    'go.sum',
    'slo/get-greeting.yaml',
  ],
  descriptions: files => ({
    'openapi.yaml': files.yaml('openapi.yaml')[0].info.description,
  }),
  project: {
    example: {
      path: '/v1/greetings/Ada',
      answer: { message: 'Hello, Ada!', language: 'en' },
    },
    isWork: line => line.msg === 'request completed',
  },
});
