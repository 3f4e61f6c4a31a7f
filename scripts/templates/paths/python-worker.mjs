import { eventually } from '../checks/portal.mjs';
import { servicePath } from '../lib/service-path.mjs';

/** The golden path `templates/python-worker`. */
export const path = servicePath({
  name: 'python-worker',
  example: 'seat-letters',
  // Its checkers and what reports to the portal are for Node.js
  toolchains: { python3: '3.11', node: '22', 'redis-server': '6.2' },
  signals: 'messaging',
  contract: 'asyncapi.yaml',
  promised: [
    '.python-version',
    'ci/tools/package-lock.json',
    'pyproject.toml',
    'requirements.txt',
    'slo/process-messages.yaml',
    'src/worker/__main__.py',
  ],
  descriptions: files => ({
    'asyncapi.yaml': files.yaml('asyncapi.yaml')[0].info.description,
    // A text of TOML is written as one of JSON is
    'pyproject.toml': JSON.parse(
      /^description = (".*")$/m.exec(files.text('pyproject.toml'))?.[1] ?? '""',
    ),
  }),
  endpoints: files => {
    const [{ operations, channels }] = files.yaml('asyncapi.yaml');
    return Object.values(operations)
      .filter(({ tags = [] }) => !tags.some(({ name }) => name === 'platform'))
      .map(({ action, channel }) => {
        const { address } = channels[channel.$ref.split('/').at(-1)];
        return `${action.toUpperCase()} ${address}`;
      });
  },
  endpointOf: query => {
    const label = key => new RegExp(`\\b${key}="([^"]*)"`).exec(query)?.[1];
    const action = { process: 'RECEIVE', send: 'SEND' };
    return `${action[label('messaging_operation_name')]} ${label(
      'messaging_destination_name',
    )}`;
  },
  project: {
    example: async service => {
      const done = await process(service, { name: 'Ada', language: 'fr' });
      if (done.result?.message !== 'Bonjour, Ada!') {
        throw new Error(`it answers ${JSON.stringify(done)}`);
      }
    },
    traffic: async service => {
      for (let count = 0; count < 50; count++) {
        await put(service, { name: `Passenger ${count}` });
      }
      const refused = await process(service, { name: '' });
      if (refused.state !== 'dead') {
        throw new Error(`what is not valid is ${JSON.stringify(refused)}`);
      }
    },
    isWork: line => line.msg === 'message processed',
  },
});

/** Puts a message in by hand; its address afterwards. */
async function put(service, body) {
  const response = await fetch(`${service.url}/v1/messages`, {
    method: 'POST',
    body: JSON.stringify({ body }),
  });
  if (response.status !== 202) {
    throw new Error(`${response.status}: ${await response.text()}`);
  }
  return `${service.url}${response.headers.get('location')}`;
}

async function process(service, body) {
  const address = await put(service, body);
  return eventually(async () => {
    const message = await (await fetch(address)).json();
    return ['processed', 'dead'].includes(message.state) ? message : undefined;
  });
}
