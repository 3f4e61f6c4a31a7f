import { connect } from 'node:http2';
import { servicePath } from '../lib/service-path.mjs';

const contract = 'proto/greetings/v1/greetings.proto';
const service = 'greetings.v1.GreetingService';
const message = encodeURIComponent(JSON.stringify({ name: 'Ada' }));

/** The golden path `templates/grpc-service`. */
export const path = servicePath({
  name: 'grpc-service',
  example: 'refund-rules',
  toolchains: { node: '22' },
  signals: 'rpc',
  contract,
  promised: [
    'buf.gen.yaml',
    'buf.yaml',
    'package-lock.json',
    'slo/get-greeting.yaml',
    'slo/list-greetings.yaml',
  ],
  descriptions: files => ({
    'package.json': files.json('package.json').description,
  }),
  endpoints: files =>
    [...files.text(contract).matchAll(/^ {2}rpc (\w+)\(/gm)].map(
      ([, method]) => `${service}/${method}`,
    ),
  endpointOf: query => {
    const label = key => new RegExp(`\\b${key}="([^"]*)"`).exec(query)?.[1];
    return `${label('rpc_service')}/${label('rpc_method')}`;
  },
  project: {
    reports: [
      'coverage/lcov.info',
      'coverage/coverage-summary.json',
      'coverage/cobertura-coverage.xml',
      'reports/junit.xml',
    ],
    // The protocol Connect, as one calls it without a client
    example: {
      path: `/${service}/GetGreeting?connect=v1&encoding=json&message=${message}`,
      answer: {
        greeting: { message: 'Hello, Ada!', language: 'LANGUAGE_ENGLISH' },
      },
    },
    isWork: line => line.rpc,
    async drain({ service: { grpcPort }, terminate }) {
      const status = await callOverGrpc(grpcPort);
      if (status !== '0') {
        throw new Error(`gRPC on GRPC_PORT answers with status ${status}`);
      }
      return terminate();
    },
  },
});

/** What gRPC itself answers, on the port it was given. */
async function callOverGrpc(port) {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    return await new Promise((resolve, reject) => {
      session.once('error', reject);
      const call = session.request({
        ':method': 'POST',
        ':path': `/${service}/GetGreeting`,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      call.once('error', reject);
      call.once('trailers', trailers => resolve(trailers['grpc-status']));
      call.resume();
      // A message of five bytes, whose first field is "Ada"
      call.end(Buffer.from([0, 0, 0, 0, 5, 0x0a, 3, 0x41, 0x64, 0x61]));
    });
  } finally {
    session.close();
  }
}
